import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { outputTree, writeFiles } from '../../test/sample-tree.ts';
import { proveTree } from './proved-tree.ts';

const tree = outputTree('one', { 'a.yaml': 'a: 1\n', 'b/c.yaml': 'c: 1\n' });
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fluxwright-proof-'));
  writeFiles(folder, tree);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const prove = () => proveTree(tree, { folder, shown: 'generated/one' });
const put = (path: string, text: string): void => writeFileSync(join(folder, path), text);

it('a folder that holds the tree is proved, with the bytes of each file', () => {
  const proved = prove();
  if (!('read' in proved)) throw new Error(proved[0]?.message);
  expect(proved.paths).toEqual(['.fluxwright.json', 'a.yaml', 'b/c.yaml']);
  expect(proved.read('b/c.yaml').toString()).toBe('c: 1\n');
});

it('a file that changes after the proof is not read', () => {
  const proved = prove();
  put('a.yaml', 'a: 2\n');
  expect(() => 'read' in proved && proved.read('a.yaml')).toThrow('a.yaml has changed while it was published');
});

it.each([
  ['an edited file', () => put('a.yaml', 'a: 2\n'), 'a.yaml differs'],
  ['a missing file', () => rmSync(join(folder, 'a.yaml')), 'a.yaml is missing'],
  ['a file of somebody else', () => put('b/d.yaml', ''), 'b/d.yaml is not of the tree'],
  ['other line ends', () => put('a.yaml', 'a: 1\r\n'), 'a.yaml differs in line ends only (git: core.autocrlf)'],
  [
    'a link in the place of a file',
    () => {
      rmSync(join(folder, 'a.yaml'));
      put('elsewhere', 'a: 1\n');
      symlinkSync('elsewhere', join(folder, 'a.yaml'));
    },
    'a.yaml differs and elsewhere is not of the tree',
  ],
  [
    'nothing at all',
    () => {
      rmSync(folder, { recursive: true });
      mkdirSync(folder);
    },
    'it has not been built',
  ],
])('%s is no proof', (_, harm, why) => {
  harm();
  expect(prove()).toMatchObject([
    {
      code: 'publish/unproved-tree',
      message: `generated/one is not what the compiler proves, so it is not published: ${why}`,
    },
  ]);
});
