import { expect, test } from 'vitest';
import { memo, memoText } from './memo.ts';

/** A function that says how often it ran. */
function counted<Arguments extends readonly unknown[]>() {
  let runs = 0;
  return (..._: Arguments) => {
    runs += 1;
    return runs;
  };
}

test('makes the result of an object once, also one that is undefined', () => {
  const run = counted<[object]>();
  const of = memo((key: object) => (run(key) > 1 ? 'twice' : undefined));
  const key = {};
  expect([of(key), of(key), of({})]).toEqual([undefined, undefined, 'twice']);
});

test('makes it anew where what else it takes differs, by identity', () => {
  const of = memo(counted<[object, object]>());
  const [key, one, other] = [{}, {}, {}];
  expect([of(key, one), of(key, one), of(key, other), of(key, one)]).toEqual([1, 1, 2, 3]);
});

test('compares what else it takes as it is told to', () => {
  const of = memo(counted<[object, string]>(), ([before], [now]) => before.length === now.length);
  const key = {};
  expect([of(key, 'a'), of(key, 'b'), of(key, 'ab')]).toEqual([1, 1, 2]);
});

test('makes the result of a text once', () => {
  const of = memoText(counted<[string]>());
  expect([of('a'), of('a'), of('b')]).toEqual([1, 1, 2]);
});
