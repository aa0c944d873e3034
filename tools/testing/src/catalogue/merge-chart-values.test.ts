import { expect, test } from 'vitest';
import { mergeChartValues } from './merge-chart-values.ts';

test('maps merge, lists and scalars replace, null removes', () => {
  const defaults = { a: { b: 1, c: 2 }, list: [1, 2], gone: { x: 1 } };
  expect(mergeChartValues(defaults, { a: { c: 3 }, list: [9], gone: null, added: { y: 1 } })).toEqual({
    a: { b: 1, c: 3 },
    list: [9],
    added: { y: 1 },
  });
});
