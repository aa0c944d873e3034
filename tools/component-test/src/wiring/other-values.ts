import { isObject, type JsonObject, type JsonValue, referredSchema } from '@fluxwright/documents';
import { equals } from './compare-values.ts';
import { sampleTexts, sampleValue, typeOf } from './sample-value.ts';

/** How many other values of a key are tried at most in each case. */
const most = 6;

/**
 * Other values for a key, likely ones first: near the current one, so that they mean something where it does, then from
 * the schema alone. They may break rules of the schema that are not looked at here; the caller checks them.
 */
export function otherValues(root: JsonValue, schema: JsonObject, current: JsonValue | undefined): readonly JsonValue[] {
  const found: JsonValue[] = [];
  for (const each of propose(root, schema, current)) {
    if (!equals(each, current) && !found.some((known) => equals(known, each))) found.push(each);
  }
  return found;
}

/** As many of the values that pass as are worth trying. */
export function firstValid(values: readonly JsonValue[], isValid: (value: JsonValue) => boolean): readonly JsonValue[] {
  const found: JsonValue[] = [];
  for (const each of values) {
    if (found.length === most) break;
    if (isValid(each)) found.push(each);
  }
  return found;
}

function* propose(root: JsonValue, schema: JsonObject, current: JsonValue | undefined): Generator<JsonValue> {
  if (Array.isArray(schema.enum)) {
    yield* schema.enum as readonly JsonValue[];
    return;
  }
  if (Array.isArray(schema.examples)) yield* schema.examples as readonly JsonValue[];
  for (const branch of [schema.oneOf, schema.anyOf].flatMap((each) => (Array.isArray(each) ? each : []))) {
    const resolved = isObject(branch) && typeof branch.$ref === 'string' ? referredSchema(branch.$ref, root) : branch;
    if (isObject(resolved)) yield* propose(root, resolved, current);
  }
  switch (typeOf(schema)) {
    case 'boolean':
      yield current !== true;
      yield current === true;
      return;
    case 'integer':
    case 'number':
      yield* numbers(schema, current);
      return;
    case 'array':
      yield* lists(root, schema, current);
      return;
    case 'object':
      yield* maps(root, schema, current);
      return;
    default:
      if (typeof current === 'string') yield* variants(current);
      yield* sampleTexts(schema);
  }
}

function* numbers({ minimum, maximum, multipleOf }: JsonObject, current: JsonValue | undefined): Generator<number> {
  const step = Number(multipleOf ?? 1);
  if (typeof current === 'number') yield* [current + step, current - step];
  for (const limit of [minimum, maximum]) if (typeof limit === 'number') yield* [limit, limit + step, limit - step];
  yield* [step, 0];
}

function* lists(root: JsonValue, schema: JsonObject, current: JsonValue | undefined): Generator<JsonValue> {
  const items: readonly JsonValue[] = Array.isArray(current) ? current : [];
  const itemSchema = isObject(schema.items) ? schema.items : {};
  for (const each of otherValues(root, itemSchema, items[0])) yield [...items, each];
  for (const each of otherValues(root, itemSchema, items[0])) yield [each, ...items.slice(1)];
  yield [...items, sampleValue(root, itemSchema)];
  yield [];
}

function* maps(root: JsonValue, schema: JsonObject, current: JsonValue | undefined): Generator<JsonValue> {
  const map = isObject(current) ? current : {};
  const valueSchema = isObject(schema.additionalProperties) ? schema.additionalProperties : {};
  const [first] = Object.keys(map);
  const names = isObject(schema.propertyNames) ? sampleTexts(schema.propertyNames) : [];
  const added = otherValues(root, valueSchema, first === undefined ? undefined : map[first]);
  for (const key of ['changed', ...names]) for (const value of added.slice(0, 2)) yield { ...map, [key]: value };
  yield {};
}

/** The text with one small change: a digit, a letter, an end. */
function* variants(text: string): Generator<string> {
  const digit = text.search(/[0-9]/);
  for (const other of digit < 0 ? [] : ['1', '2', '3']) yield text.slice(0, digit) + other + text.slice(digit + 1);
  yield `${text}-changed`;
  yield `${text}x`;
  const letter = text.search(/[a-z]/);
  for (const other of letter < 0 ? [] : ['a', 'b']) yield text.slice(0, letter) + other + text.slice(letter + 1);
}
