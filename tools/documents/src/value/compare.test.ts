import { expect, test } from 'vitest';
import { by, byKey, compareText } from './compare.ts';

test('capitals come before small letters, whatever the locale', () => {
  expect(['b', 'ä', 'B', 'a', 'a'].sort(compareText)).toEqual(['B', 'a', 'a', 'b', 'ä']);
});

test('things of one text keep their order', () => {
  const list = [
    { name: 'b', at: 1 },
    { name: 'a', at: 2 },
    { name: 'a', at: 3 },
  ];
  expect(list.toSorted(by(({ name }) => name)).map(({ at }) => at)).toEqual([2, 3, 1]);
  expect(
    list
      .toSorted(
        by(
          ({ name }) => name,
          ({ at }) => String(9 - at),
        ),
      )
      .map(({ at }) => at),
  ).toEqual([3, 2, 1]);
  expect(
    [
      ...new Map([
        ['b', 1],
        ['a', 2],
      ]),
    ].sort(byKey),
  ).toEqual([
    ['a', 2],
    ['b', 1],
  ]);
});
