import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bytesText, coresText, one, parseQuantity, roundedText } from './quantity.ts';

test.each([
  ['100m', 100_000_000n],
  ['2', 2n * one],
  [0.5, one / 2n],
  ['1.5Gi', 1_610_612_736n * one],
  ['1e3', 1000n * one],
  ['12E2', 1200n * one],
  ['1E', 10n ** 18n * one],
  ['.5', one / 2n],
  ['0.0000000001', 1n],
  ['-1Ki', -1024n * one],
])('%s is read exactly', (text, amount) => {
  expect(parseQuantity(text)).toBe(amount);
});

test.each(['', '1 Gi', '1gi', 'Gi', '1.2.3', '{{values.x}}', '1ee3', null, true, Number.NaN])(
  '%s is no quantity',
  (value) => {
    expect(parseQuantity(value)).toBeUndefined();
  },
);

test('what is written can be read again without loss', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 2n ** 62n }), (whole) => {
      expect(parseQuantity(bytesText(whole * one))).toBe(whole * one);
      expect(parseQuantity(coresText(whole))).toBe(whole);
    }),
  );
});

test.each([
  [0n, 'Gi', '0Gi'],
  [parseQuantity('1288Mi') as bigint, 'Gi', '1.3Gi'],
  [parseQuantity('1m') as bigint, '', '0.1'],
  [3n * one, '', '3'],
])('%s in %s is %s for people', (amount, suffix, text) => {
  expect(roundedText(amount, suffix)).toBe(text);
});
