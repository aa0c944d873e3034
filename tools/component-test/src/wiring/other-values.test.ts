import type { JsonObject } from '@fluxwright/documents';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { firstValid, otherValues } from './other-values.ts';

const ajv = new Ajv2020({ strict: false });

/** The first other value that the schema allows. */
function other(schema: JsonObject, current?: unknown): unknown {
  const validate = ajv.compile(schema);
  return firstValid(otherValues(schema, schema, current as never), (each) => validate(each) === true)[0];
}

describe('another value that the schema allows', () => {
  it.each([
    ['a switch', { type: 'boolean' }, true, false],
    ['a number', { type: 'integer', minimum: 1 }, 1, 2],
    ['a number at its maximum', { type: 'integer', minimum: 1, maximum: 5 }, 5, 4],
    ['an option', { enum: ['a', 'b'] }, 'a', 'b'],
    ['a quantity', { type: 'string', pattern: '^[0-9]+(m|Mi|Gi)$' }, '100m', '200m'],
    ['a name', { type: 'string', pattern: '^[a-z]+$' }, 'web', 'webx'],
    ['a text', { type: 'string' }, 'Hello', 'Hello-changed'],
    ['a list', { type: 'array', items: { enum: ['a', 'b'] } }, ['a'], ['a', 'b']],
    [
      'a map',
      { type: 'object', additionalProperties: { type: 'string' } },
      { a: 'b' },
      { a: 'b', changed: 'b-changed' },
    ],
    ['several types', { anyOf: [{ type: 'string', maxLength: 1 }, { type: 'integer' }] }, 3, 'x'],
  ] as const)('of %s', (_, schema, current, expected) => {
    expect(other(schema as unknown as JsonObject, current)).toEqual(expected);
  });

  it('is made from the pattern where there is none yet, the same one each time', () => {
    const schema = { type: 'string', pattern: '^[0-9]+(\\.[0-9]+)?(m|Ki|Mi|Gi)?$' };
    const made = other(schema);
    expect(made).toMatch(/^[0-9]+(\.[0-9]+)?(m|Ki|Mi|Gi)?$/);
    expect(other(schema)).toBe(made);
  });

  it('is not there where the schema allows one value only', () => {
    expect(other({ enum: ['a'] }, 'a')).toBeUndefined();
    expect(other({ type: 'boolean', const: true }, true)).toBeUndefined();
  });

  it('comes from the examples where a pattern looks ahead', () => {
    const schema = { type: 'string', pattern: '^(?=.*7)abc7d$|^xyz$' };
    expect(other(schema, 'abc7d')).toBeUndefined();
    expect(other({ ...schema, examples: ['xyz'] }, 'abc7d')).toBe('xyz');
  });
});
