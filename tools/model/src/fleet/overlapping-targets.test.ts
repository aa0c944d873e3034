import { expect, it } from 'vitest';
import { overlappingTargets, repositoryKey } from './overlapping-targets.ts';

const url = 'https://git.example.com/platform/fleet.git';
const at = (cluster: string, path: string, more: { url?: string; branch?: string } = {}) => ({
  cluster,
  url,
  branch: 'main',
  path,
  ...more,
});

it.each([
  ['one folder for two', [at('b', 'clusters/x'), at('a', 'clusters/x')], [['b', 'same', 'a']]],
  [
    'one folder for three',
    ['a', 'b', 'c'].map((name) => at(name, 'x')),
    [
      ['b', 'same', 'a'],
      ['c', 'same', 'a'],
    ],
  ],
  ['a folder inside another', [at('a', 'clusters/a/b'), at('b', 'clusters/a')], [['a', 'inside', 'b']]],
  ['a folder deep inside another', [at('a', 'c'), at('b', 'c/d/e/f')], [['b', 'inside', 'a']]],
  ['the whole repository', [at('a', '.'), at('b', 'x')], [['b', 'inside', 'a']]],
  ['one written in another way', [at('a', 'x/'), at('b', './x')], [['b', 'same', 'a']]],
  [
    'one repository over HTTPS and SSH',
    [at('a', 'x'), at('b', 'x', { url: 'ssh://git@git.example.com:2222/Platform/fleet' })],
    [['b', 'same', 'a']],
  ],
  ['names that only begin alike', [at('a', 'clusters/a'), at('b', 'clusters/ab')], []],
  ['other branches', [at('a', 'x'), at('b', 'x', { branch: 'b' })], []],
  ['other repositories', [at('a', 'x'), at('b', 'x', { url: 'https://git.example.com/platform/other.git' })], []],
  ['folders side by side', [at('a', 'clusters/a'), at('b', 'clusters/b')], []],
] as const)('%s', (_, targets, expected) => {
  const found = overlappingTargets(targets).map(({ cluster, how, other }) => [cluster, how, other]);
  expect(found).toEqual(expected);
  expect(overlappingTargets([...targets].reverse())).toEqual(overlappingTargets(targets));
});

it.each([
  ['https://git.example.com/a/b.git', 'https://GIT.example.com:443/A/b/', true],
  ['https://git.example.com/a/b.git', 'http://git.example.com/a/b', true],
  ['https://git.example.com:3000/a/b.git', 'https://git.example.com/a/b', false],
  ['https://git.example.com/a/b', 'https://git.example.org/a/b', false],
  ['no url', 'no url', true],
])('%s and %s: one repository? %s', (a, b, same) => {
  expect(repositoryKey(a) === repositoryKey(b)).toBe(same);
});
