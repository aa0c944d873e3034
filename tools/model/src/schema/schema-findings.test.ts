import type { JsonObject } from '@fluxwright/documents';
import { parseJson } from '@fluxwright/documents';
import { describe, expect, it } from 'vitest';
import { explainingSchema, valuesSchema } from '../load/values-schema.ts';

function found(schema: JsonObject, value: JsonObject): readonly string[] {
  const document = parseJson('s.json', JSON.stringify(schema)).value;
  if (document === undefined) throw new Error('no schema');
  const [quick, slow] = [valuesSchema(document), explainingSchema(document)].map((each) =>
    each.ok ? each.check(value).findings : [each.diagnostic],
  );
  expect(quick).toEqual(slow);
  return (quick ?? []).map((each) =>
    'path' in each ? `${each.kind} ${each.path.join('.')} ${each.rule} @${each.schemaPath?.join('.')}` : each.code,
  );
}

describe('schemaFindings', () => {
  const port = {
    oneOf: [
      { type: 'integer', minimum: 1 },
      { type: 'string', enum: ['http', 'https'] },
    ],
  };

  it.each([
    [
      'a wrong type',
      { properties: { a: { type: ['string', 'null'] } } },
      { a: 1 },
      ['type a be a string or null @properties.a.type'],
    ],
    [
      'a key too many',
      { additionalProperties: false, properties: { a: {} } },
      { b: 1 },
      ['unknown b  @additionalProperties'],
    ],
    ['a key too few', { properties: { a: { required: ['b'] } } }, { a: {} }, ['missing a.b  @properties.a.required']],
    [
      'a key that is misspelt, not missing as well',
      { properties: { a: { required: ['name', 'size'], additionalProperties: false, properties: { name: {} } } } },
      { a: { nmae: 1 } },
      ['missing a.size  @properties.a.required', 'unknown a.nmae  @properties.a.additionalProperties'],
    ],
    [
      'a key of another place, which is no slip of one that is missing here',
      { required: ['name'], properties: { a: { additionalProperties: false } } },
      { a: { nmae: 1 } },
      ['missing name  @required', 'unknown a.nmae  @properties.a.additionalProperties'],
    ],
    [
      'a number out of range',
      { properties: { 'a/b': { maximum: 3 } } },
      { 'a/b': 4 },
      ['invalid a/b be at most 3 @properties.a/b.maximum'],
    ],
    [
      'a rule behind a reference',
      { $defs: { n: { minLength: 2 } }, properties: { a: { $ref: '#/$defs/n' } } },
      { a: 'x' },
      ['invalid a be at least 2 characters long @$defs.n.minLength'],
    ],
    [
      'the branch that was meant',
      { properties: { p: port } },
      { p: 0 },
      ['invalid p be at least 1 @properties.p.oneOf.0.minimum'],
    ],
    [
      'the other branch',
      { properties: { p: port } },
      { p: 'ftp' },
      ['invalid p be "http" or "https" @properties.p.oneOf.1.enum'],
    ],
    [
      'no branch',
      { properties: { p: port } },
      { p: true },
      ['invalid p have exactly one of the allowed forms @properties.p.oneOf'],
    ],
    [
      'a key of another form',
      { propertyNames: { pattern: '^a' } },
      { b: 1 },
      ['invalid b have another name @propertyNames'],
    ],
    [
      'equal maps in a list',
      { properties: { a: { uniqueItems: true } } },
      { a: [{ x: 1 }, { x: 1 }] },
      ['invalid a be a list without repeats @properties.a.uniqueItems'],
    ],
    ['an inherited name', { required: ['toString'] }, {}, ['missing toString  @required']],
    ['a schema that is none', { type: 'strng' }, {}, ['load/invalid-schema']],
    ['a keyword that is none', { minimun: 1 }, {}, ['load/invalid-schema']],
  ])('finds %s', (_, schema, value, expected) =>
    expect(found(schema as JsonObject, value as JsonObject)).toEqual(expected),
  );
});
