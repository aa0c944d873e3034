import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readBrief, writeBrief } from './brief-text.ts';
import type { Json } from './json-schema.ts';

test('what fits into a line stands in it, and words need no quotes', () => {
  const value = {
    'spec!': { port: 'int32', mode: { $enum: ['', 'on', 'true', 1, true, null] }, tags: ['string'] },
    long: { first: 'x'.repeat(70), second: [{ 'a:b': 'y'.repeat(70) }] },
  };
  expect(writeBrief(value)).toBe(`{
  spec!: {port: int32, mode: {$enum: ["", on, "true", 1, true, null]}, tags: [string]}
  long: {
    first: ${'x'.repeat(70)}
    second: [{"a:b": ${'y'.repeat(70)}}]
  }
}
`);
});

test('what is written is read again', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 12 }),
    fc.string({ unit: fc.constantFrom(...'ab1:, [{]}"\\\n.$?!*-'), maxLength: 8 }),
    fc.constantFrom('true', 'null', '1e3', '-0', 'x'.repeat(130)),
  );
  const { node } = fc.letrec((tie) => ({
    node: fc.oneof(
      { maxDepth: 4 },
      text,
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie('node'), { maxLength: 4 }),
      fc.dictionary(text, tie('node'), { maxKeys: 4 }),
    ),
  }));
  fc.assert(
    fc.property(node, (made) => {
      const value = JSON.parse(JSON.stringify(made)) as Json;
      expect(readBrief(writeBrief(value))).toEqual(value);
    }),
  );
});

test.each(['', '{a: }', '{a b}', '[a', '"open', '{} more', 'a: b', ']'])('%s is refused', (text) => {
  expect(() => readBrief(text)).toThrow(SyntaxError);
});
