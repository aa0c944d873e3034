import { isSchema, type Json, type JsonSchema } from './json-schema.ts';

/** What is written in fewer letters is compiled as fast where it stands. */
const shortest = 200;

/**
 * The same schema with each part that it has several times written once, below `definitions`: a validator compiles it once, too. Some
 * definitions repeat the whole of a pod for each of a dozen containers. Only schemas of keys and items are taken out, none of the
 * branches of an `anyOf` and its like: what is wrong with a value is told in the same words, in the same order.
 */
export function shareParts(root: JsonSchema): JsonSchema {
  const parts = numberParts();
  const uses = countUses(root, parts);
  const names = new Map<number, string>();
  const shared: Record<string, JsonSchema> = {};
  const own = isSchema(root.definitions) ? root.definitions : {};
  const copy: Visit = (schema, isMovable) => {
    const { number, length } = parts(schema);
    if (!isMovable || length < shortest || (uses.get(number) ?? 0) < 2) return mapSchemas(schema, copy);
    const name = names.get(number) ?? freeName(names.size, own);
    if (!names.has(number)) {
      names.set(number, name);
      shared[name] = mapSchemas(schema, copy);
    }
    return { $ref: `#/definitions/${name}` };
  };
  const made = mapSchemas(root, copy);
  return names.size === 0 ? root : { ...made, definitions: { ...(made.definitions as JsonSchema), ...shared } };
}

/** What becomes of a schema that stands in another; one that is movable may stand elsewhere. */
type Visit = (schema: JsonSchema, isMovable: boolean) => JsonSchema;

/** Keywords below which schemas stand, alone, in a list or in a map, and whether those are movable. */
const keywords: ReadonlyMap<string, { readonly holds: 'one' | 'list' | 'map'; readonly isMovable: boolean }> = new Map([
  ['items', { holds: 'one', isMovable: true }],
  ['additionalProperties', { holds: 'one', isMovable: true }],
  ['properties', { holds: 'map', isMovable: true }],
  ['definitions', { holds: 'map', isMovable: false }],
  ['not', { holds: 'one', isMovable: false }],
  ['allOf', { holds: 'list', isMovable: false }],
  ['anyOf', { holds: 'list', isMovable: false }],
  ['oneOf', { holds: 'list', isMovable: false }],
]);

/** A copy with what `visit` makes of each schema in it. */
function mapSchemas(schema: JsonSchema, visit: Visit): JsonSchema {
  return Object.fromEntries(
    Object.entries(schema).map(([keyword, value]) => {
      const { holds, isMovable = false } = keywords.get(keyword) ?? {};
      const each = (one: Json): Json => (isSchema(one) ? visit(one, isMovable) : one);
      if (holds === 'one') return [keyword, each(value)];
      if (holds === 'list' && Array.isArray(value)) return [keyword, value.map(each)];
      if (holds !== 'map' || !isSchema(value)) return [keyword, value];
      return [keyword, Object.fromEntries(Object.entries(value).map(([key, one]) => [key, each(one)]))];
    }),
  );
}

/** How many places hold each movable schema, by its number: what stands in two equal ones stands in one place. */
function countUses(root: JsonSchema, parts: (part: Json) => Part): ReadonlyMap<number, number> {
  const uses = new Map<number, number>();
  const visit: Visit = (schema, isMovable) => {
    const { number } = parts(schema);
    const before = uses.get(number) ?? 0;
    if (isMovable) uses.set(number, before + 1);
    if (before === 0) mapSchemas(schema, visit);
    return schema;
  };
  mapSchemas(root, visit);
  return uses;
}

interface Part {
  /** Equal parts have the same. */
  readonly number: number;
  /** Of its JSON text. */
  readonly length: number;
}

/** Numbers parts by what they are: a part is told by its keys and the numbers of what it holds, so that no text is written twice. */
function numberParts(): (part: Json) => Part {
  const byText = new Map<string, Part>();
  const known = new Map<object, Part>();
  const numbered = (text: string, length: number): Part => {
    const part = byText.get(text) ?? { number: byText.size, length };
    byText.set(text, part);
    return part;
  };
  const partOf = (part: Json): Part => {
    if (typeof part !== 'object' || part === null) {
      const text = JSON.stringify(part);
      return numbered(text, text.length);
    }
    const before = known.get(part);
    if (before !== undefined) return before;
    const entries = Object.entries(part).map(([key, each]) => ({ key: JSON.stringify(key), of: partOf(each) }));
    const text = entries.map(({ key, of }) => `${key}:${of.number}`).join();
    const length = entries.reduce((sum, { key, of }) => sum + key.length + of.length + 2, 2);
    const made = numbered(Array.isArray(part) ? `[${text}]` : `{${text}}`, length);
    known.set(part, made);
    return made;
  };
  return partOf;
}

function freeName(number: number, taken: JsonSchema): string {
  const name = `shared-${number}`;
  return Object.hasOwn(taken, name) ? freeName(number + 1, taken) : name;
}
