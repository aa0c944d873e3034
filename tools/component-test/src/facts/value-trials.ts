import { isObject, type JsonObject, type JsonPath, type JsonValue } from '@fluxwright/documents';

/**
 * Other values in the place of one, such that a chart which reads it is likely to make something else: of the same type, near it,
 * and empty. A chart may refuse some of them.
 */
export function otherOnes(value: JsonValue): readonly JsonValue[] {
  if (typeof value === 'boolean') return [!value];
  if (typeof value === 'number') return value === 0 ? [1] : [value + 1, 0];
  if (typeof value === 'string') return otherTexts(value);
  if (value === null) return [true];
  if (isObject(value)) return [{ ...value, other: 'x' }];
  return otherLists(value);
}

/** An amount stays one: `100m` becomes `101m`. */
function otherTexts(text: string): readonly string[] {
  const number = /^\d+/.exec(text)?.[0];
  if (text === '') return ['x'];
  if (number === undefined) return [`x${text}`, `${text}x`, ''];
  return [`${Number(number) + 1}${text.slice(number.length)}`, ''];
}

function otherLists(list: readonly JsonValue[]): readonly JsonValue[] {
  const [first] = list;
  if (first === undefined) return [['x']];
  const changed = list.flatMap((each, index) =>
    changedInside(each).map((other) => list.map((value, at) => (at === index ? other : value))),
  );
  return [[], list.slice(0, -1), ...changed];
}

/** The value with each scalar below it changed in turn. */
function changedInside(value: JsonValue): readonly JsonValue[] {
  if (!isObject(value)) return otherOnes(value).slice(0, 1);
  return Object.entries(value).flatMap(([key, each]) =>
    changedInside(each).map((other) => ({ ...value, [key]: other }) as JsonObject),
  );
}

/** The values with another one at a path; without it where that is undefined. Maps on the way are made. */
export function withValue(values: JsonObject, [step, ...rest]: JsonPath, other: JsonValue | undefined): JsonObject {
  const key = String(step);
  const { [key]: current, ...others } = values;
  if (rest.length > 0) return { ...values, [key]: withValue(isObject(current) ? current : {}, rest, other) };
  return other === undefined ? others : { ...values, [key]: other };
}
