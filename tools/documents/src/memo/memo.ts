/**
 * The function that `make` is, made once for an object and forgotten with it. Where it takes more than the object, the last result is
 * kept, and made anew where the rest differs: by identity, or as `isSame` says. The result must depend on nothing else.
 */
export function memo<Key extends object, Rest extends readonly unknown[], Value>(
  make: (key: Key, ...rest: Rest) => Value,
  isSame: (before: Rest, now: Rest) => boolean = areIdentical,
): (key: Key, ...rest: Rest) => Value {
  const known = new WeakMap<Key, { readonly rest: Rest; readonly value: Value }>();
  return (key, ...rest) => {
    const before = known.get(key);
    if (before !== undefined && isSame(before.rest, rest)) return before.value;
    const value = make(key, ...rest);
    known.set(key, { rest, value });
    return value;
  };
}

/** The function that `make` is, made once for a text and never forgotten: for texts that a program has few of. */
export function memoText<Value>(make: (text: string) => Value): (text: string) => Value {
  const known = new Map<string, { readonly value: Value }>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before.value;
    const value = make(text);
    known.set(text, { value });
    return value;
  };
}

function areIdentical(before: readonly unknown[], now: readonly unknown[]): boolean {
  return before.length === now.length && before.every((each, index) => Object.is(each, now[index]));
}
