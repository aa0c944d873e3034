import { addMinutes } from '@fluxwright/kubernetes';
import { expect, test } from 'vitest';

test.each([
  { duration: '10m', minutes: 2, sum: '12m' },
  { duration: '1h30m', minutes: 2, sum: '92m' },
  { duration: '90s', minutes: 1, sum: '150s' },
  { duration: '1.5h', minutes: 0, sum: '90m' },
])('$duration and $minutes minutes are $sum', ({ duration, minutes, sum }) => {
  expect(addMinutes(duration, minutes)).toBe(sum);
});
