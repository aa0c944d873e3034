import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { compile } from '../commands/compile.ts';
import { outputFault } from './output-folder.ts';

let root: string;
beforeEach(() => {
  const folder = mkdtempSync(join(tmpdir(), 'fluxwright-output-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  root = join(folder, 'workspace');
  for (const each of ['.git', 'components/web', 'node_modules', 'clusters', 'packages/x/node_modules', 'real'])
    mkdirSync(join(root, each), { recursive: true });
  symlinkSync('components', join(root, 'link'));
  symlinkSync('..', join(root, 'parent'));
  symlinkSync('nowhere', join(root, 'broken'));
  symlinkSync('real', join(root, 'fine'));
  writeFileSync(join(root, 'file'), '');
  mkdirSync(join(root, 'worked'));
  writeFileSync(join(root, 'worked/.fluxwright'), '');
});

const fault = (output: string): string | undefined => outputFault(root, join(root, output))?.message;

test.each([
  ['.', 'trees are not written into .: it is the workspace itself'],
  ['..', 'trees are not written into ..: it holds the workspace'],
  ['../../../../../..', /: it holds the workspace$/],
  ['parent', 'trees are not written into parent: it holds the workspace'],
  ['.git', 'trees are not written into .git: .git holds no output'],
  ['.git/hooks/new', 'trees are not written into .git/hooks/new: .git holds no output'],
  ['../other/.git/x', 'trees are not written into ../other/.git/x: .git holds no output'],
  ['node_modules', 'trees are not written into node_modules: node_modules holds no output'],
  ['packages/x/node_modules/y', 'trees are not written into packages/x/node_modules/y: node_modules holds no output'],
  ['components', 'trees are not written into components: components holds no output'],
  ['components/web/generated', 'trees are not written into components/web/generated: components holds no output'],
  ['clusters/new', 'trees are not written into clusters/new: clusters holds no output'],
  ['products', 'trees are not written into products: products holds no output'],
  ['link/web', 'trees are not written into link/web: components holds no output'],
  ['broken', 'trees are not written into broken: a link in its path leads nowhere'],
  ['broken/deep', 'trees are not written into broken/deep: a link in its path leads nowhere'],
  ['file', 'trees are not written into file: file is no folder'],
  ['worked', 'trees are not written into worked: .fluxwright is no folder'],
])('no tree is written into %s', (output, message) => {
  expect(fault(output)).toMatch(message);
});

test('the root of the machine is no place', () =>
  expect(outputFault(root, '/')?.message).toMatch(/: it holds the workspace$/));

test.each(['generated', 'a/b/c', '../beside', 'fine/trees', '.cache/trees'])('trees are written into %s', (output) => {
  expect(fault(output)).toBeUndefined();
});

test('a run that may not write compiles nothing and touches nothing', async () => {
  const { clusters, diagnostics } = await compile({ root, output: 'components' });
  expect(clusters).toEqual([]);
  expect(diagnostics.map(({ code }) => code)).toEqual(['write/failed']);
});
