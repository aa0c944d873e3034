import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readFolder, readStats } from '../../test/write/read-folder.ts';
import { sampleTree } from '../../test/write/sample-tree.ts';
import type { OutputTree } from '../data/output-tree.ts';
import { writeTree } from './write-tree.ts';

let root: string;
let output: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'fluxwright-write-'));
  output = join(root, 'generated');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const before = sampleTree({ 'a.yaml': 'a: 1\n', 'deep/er/b.yaml': 'b: 1\n', 'deep/gone.yaml': 'c: 1\n' });
const after = sampleTree({ 'a.yaml': 'a: 1\n', 'deep/er/b.yaml': 'b: 2\n', 'new/d.yaml': 'd: 1\n' });

test('a first write makes the whole tree and leaves no work behind', () => {
  const result = writeTree(output, before);
  expect(result.written).toEqual(['.fluxwright.json', 'a.yaml', 'deep/er/b.yaml', 'deep/gone.yaml']);
  expect(readFolder(join(output, 'one'))).toEqual(textsOf(before));
  expect(readdirSync(output)).toEqual(['one']);
});

test('a second write of the same tree touches nothing, folders included', () => {
  writeTree(output, before);
  const stats = readStats(output);
  expect(writeTree(output, before)).toEqual({ written: [], removed: [], unchanged: 4, diagnostics: [] });
  expect(readStats(output)).toEqual(stats);
});

test('a changed tree writes what differs, removes what is gone and keeps the inode and time of the rest', () => {
  writeTree(output, before);
  const kept = readStats(join(output, 'one'))['a.yaml'];
  const result = writeTree(output, after);
  expect(result).toEqual({
    written: ['.fluxwright.json', 'deep/er/b.yaml', 'new/d.yaml'],
    removed: ['deep/gone.yaml'],
    unchanged: 1,
    diagnostics: [],
  });
  expect(readFolder(join(output, 'one'))).toEqual(textsOf(after));
  expect(readStats(join(output, 'one'))['a.yaml']).toBe(kept);
});

test('a file edited by hand is ours and gets its text back', () => {
  writeTree(output, before);
  writeFileSync(join(output, 'one/a.yaml'), 'a: edited\n');
  expect(writeTree(output, before).written).toEqual(['a.yaml']);
  expect(readFolder(join(output, 'one'))).toEqual(textsOf(before));
});

test('a file nobody recorded stops the write and nothing is changed', () => {
  writeTree(output, before);
  writeFileSync(join(output, 'one/deep/notes.md'), 'mine\n');
  const found = readStats(output);
  const result = writeTree(output, after);
  expect(result.diagnostics.map(({ code, message }) => `${code}: ${message}`)).toEqual([
    'write/foreign-file: generated/one holds a file that Fluxwright did not write: deep/notes.md',
  ]);
  expect(result.written).toEqual([]);
  expect(readStats(join(output, 'one'))).toEqual(readStats(join(output, 'one')));
  expect(readFolder(join(output, 'one'))['deep/notes.md']).toBe('mine\n');
  expect(Object.keys(found).length).toBeGreaterThan(0);
});

test('without its record a folder is foreign, unless it already holds the tree', () => {
  writeTree(output, before);
  rmSync(join(output, 'one/.fluxwright.json'));
  expect(writeTree(output, after).diagnostics.map(({ code }) => code)).toEqual([
    'write/foreign-file',
    'write/foreign-file',
  ]);
  expect(writeTree(output, before)).toMatchObject({ written: ['.fluxwright.json'], diagnostics: [] });
});

test('a record with conflict marks counts as none', () => {
  writeTree(output, before);
  writeFileSync(join(output, 'one/.fluxwright.json'), '<<<<<<< ours\n{}\n');
  expect(writeTree(output, before)).toMatchObject({ written: ['.fluxwright.json'], diagnostics: [] });
});

test('a recorded path that has become a symlink is foreign: it is neither followed nor removed', () => {
  writeTree(output, before);
  const outside = join(root, 'outside.yaml');
  writeFileSync(outside, 'theirs\n');
  rmSync(join(output, 'one/a.yaml'));
  symlinkSync(outside, join(output, 'one/a.yaml'));
  expect(writeTree(output, after).diagnostics[0]?.code).toBe('write/foreign-file');
  expect(readFileSync(outside, 'utf8')).toBe('theirs\n');
});

test.each(['.', 'one', '.fluxwright', 'one/deep'])(
  'a symlink in the place of the folder %s is not written through',
  (place) => {
    const outside = join(root, 'outside');
    mkdirSync(outside);
    mkdirSync(join(output, place, '..'), { recursive: true });
    rmSync(join(output, place), { recursive: true, force: true });
    symlinkSync(outside, join(output, place));
    expect(writeTree(output, before).diagnostics[0]?.severity).toBe('error');
    expect(readdirSync(outside)).toEqual([]);
  },
);

test.each(['../escape.yaml', '/etc/escape.yaml', 'a/../../escape.yaml', 'a\\b.yaml', ''])(
  'a tree with the path "%s" is refused',
  (path) => {
    const result = writeTree(output, { cluster: 'one', files: [{ path, text: 'x' }] });
    expect(result.diagnostics[0]?.code).toBe('write/failed');
    expect(existsSync(output)).toBe(false);
  },
);

test('a file in the place of the output folder is a finding, not a crash', () => {
  writeFileSync(output, 'a file\n');
  expect(writeTree(output, before).diagnostics[0]).toMatchObject({
    code: 'write/failed',
    help: expect.stringContaining('move that file away'),
  });
});

test('whatever was there before, a write gives exactly the tree, and a second one does nothing', () => {
  const texts = fc.dictionary(fc.stringMatching(/^[a-c](\/[a-c]){0,2}\.yaml$/), fc.constantFrom('1\n', '2\n', ''), {
    maxKeys: 8,
  });
  fc.assert(
    fc.property(fc.array(texts, { minLength: 1, maxLength: 4 }), (trees) => {
      rmSync(output, { recursive: true, force: true });
      for (const tree of trees.map((each) => sampleTree(each))) {
        expect(writeTree(output, tree).diagnostics).toEqual([]);
        expect(readFolder(join(output, 'one'))).toEqual(textsOf(tree));
        expect(writeTree(output, tree)).toMatchObject({ written: [], removed: [] });
      }
    }),
    { numRuns: 60 },
  );
});

function textsOf(tree: OutputTree): Record<string, string> {
  return Object.fromEntries(tree.files.map(({ path, text }) => [path, text]));
}
