type Map = Readonly<Record<string, unknown>>;

/** Copies of `values`, each with one key misspelt, and the dotted path of that key. Lists are left as they are. */
export function mistyped(values: Map, path: readonly string[] = []): { path: string; values: Map }[] {
  return Object.entries(values).flatMap(([key, value]) => {
    const { [key]: _, ...others } = values;
    const here = { path: [...path, key].join('.'), values: { ...others, [`${key}Typo`]: value } };
    const below = isMap(value) ? mistyped(value, [...path, key]) : [];
    return [here, ...below.map((each) => ({ path: each.path, values: { ...values, [key]: each.values } }))];
  });
}

function isMap(value: unknown): value is Map {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
