import { expect, test } from 'vitest';
import { goDuration } from './go-duration.ts';

// What time.ParseDuration of Go 1.26 gives for each.
test.each([
  ['1h30m', 5400],
  ['90s', 90],
  ['1.5h', 5400],
  ['.5h', 1800],
  ['1.h', 3600],
  ['-30s', -30],
  ['+30s', 30],
  ['0', 0],
  ['100ms', 0.1],
  ['1h0m0.5s', 3600.5],
  ['1h1h', 7200],
  ['1h30', undefined],
  ['foo 5m bar', undefined],
  ['5 m', undefined],
  ['5m ', undefined],
  ['10', undefined],
  ['', undefined],
  ['.', undefined],
  ['.s', undefined],
  ['-', undefined],
  ['1d', undefined],
  ['1H', undefined],
  ['1,5h', undefined],
  ['2562048h', undefined],
])('%s lasts %s seconds', (text, seconds) => {
  expect(goDuration(text)).toBe(seconds);
});

test('two spellings of the micro sign are one unit', () => {
  expect([goDuration('4\u00b5s'), goDuration('4\u03bcs'), goDuration('4us')]).toEqual([4e-6, 4e-6, 4e-6]);
});
