import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import type { JsonObject } from '../value/source-document.ts';
import { compactYaml } from './compact-yaml.ts';

test('what fits into a line stands in it, anything else is taken apart', () => {
  const value = {
    metadata: { name: 'web' },
    empty: [{}, []],
    long: { first: 'x'.repeat(70), second: [{ name: 'a, b' }, 'y'.repeat(70)] },
  };
  expect(compactYaml(value)).toBe(`metadata: {name: web}
empty: [{}, []]
long:
  first: ${'x'.repeat(70)}
  second: [{name: "a, b"}, ${'y'.repeat(70)}]
`);
});

test('YAML 1.1 and YAML 1.2 readers get the same value back', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 30 }),
    fc.string({ unit: fc.constantFrom(...'ab1:, [{]}#-?&*!|>\'"%@\n\t.=~/'), maxLength: 8 }),
    fc.constantFrom('no', '1e3', '0o7', '12:30', '2026-11-23', 'x'.repeat(130)),
  );
  const key = text.filter((each) => each !== '__proto__');
  const value = fc.letrec((tie) => ({
    node: fc.oneof(
      { maxDepth: 4 },
      text,
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie('node'), { maxLength: 4 }),
      fc.dictionary(key, tie('node'), { maxKeys: 4 }),
    ),
  })).node;
  fc.assert(
    fc.property(fc.dictionary(key, value, { maxKeys: 4 }), (made) => {
      const object = JSON.parse(JSON.stringify(made)) as JsonObject;
      const written = compactYaml(object);
      expect(parse(written)).toEqual(object);
      expect(parse(written, { version: '1.1', merge: false })).toEqual(object);
    }),
  );
});
