import { expect, test } from 'vitest';
import { plainTable } from './plain-table.ts';

test('columns are as wide as their widest cell, and no line ends in blanks', () => {
  const rows = [
    ['Name', 'Pods', ''],
    ['a', '12', 'lost'],
    ['longer', '', ''],
  ];
  expect(plainTable(rows)).toBe('Name    Pods\na       12    lost\nlonger\n');
  expect(plainTable([])).toBe('');
  expect(plainTable([['a'], ['b', 'c']])).toBe('a\nb  c\n');
});
