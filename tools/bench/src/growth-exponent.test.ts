import { expect, test } from 'vitest';
import { growthExponent } from './growth-exponent.ts';

test.each([
  { exponent: 1, times: [10, 100, 1000] },
  { exponent: 2, times: [10, 1000, 100_000] },
  { exponent: 0, times: [7, 7, 7] },
])('points of time ~ size^$exponent have that exponent', ({ exponent, times }) => {
  const points = times.map((time, index) => ({ size: 10 ** (index + 1), time }));
  expect(growthExponent(points)).toBeCloseTo(exponent, 10);
});
