import type { JsonValue } from './source-document.ts';

/** What a map turns into where text is wanted: `String(map)` of an object without any prototype would throw. */
const bare: object = Object.freeze(Object.create(null, { [Symbol.toPrimitive]: { value: () => '{…}' } }));

/** An empty map for data of other people: it has no key from the start, so that `__proto__` and `constructor` are keys like any other. */
export function emptyMap(): Record<string, JsonValue> {
  return Object.create(bare);
}
