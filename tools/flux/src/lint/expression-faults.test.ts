import { expect, test } from 'vitest';
import { expressionFaults } from './expression-faults.ts';

const names = new Map([['status', undefined]]);
const faultsOf = (expression: string): readonly string[] => expressionFaults(expression, names).map(({ note }) => note);

test.each([
  ['and', `${'true && '.repeat(6000)}true`],
  ['plus', `${'1 + '.repeat(6000)}1`],
  ['not', `${'!'.repeat(6000)}true`],
  ['minus', `${'-'.repeat(6000)}1`],
])('a chain of 6,000 operators is an expression like any other: %s', (_, expression) => {
  expect(faultsOf(expression)).toEqual([]);
  expect(faultsOf(`statu == 1 ? ${expression} : status.x`)).toEqual(['statu is no name it can begin with']);
});

test('faults at both ends of a long chain are found, in order', () => {
  expect(faultsOf(`one && ${'true && '.repeat(6000)}two`)).toEqual([
    'one is no name it can begin with',
    'two is no name it can begin with',
  ]);
});

test.each(['('.repeat(300), `status${'.a'.repeat(300)}`])('what nests too deep for CEL is none', (expression) => {
  expect(faultsOf(expression)).toEqual([expect.stringMatching(/^no CEL: /)]);
});
