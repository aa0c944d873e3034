import { lstatSync, mkdtempSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readEntry } from './archive-entry.ts';
import { layOut } from './lay-out.ts';
import { parseArchive } from './text-archive.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'fluxwright-lay-out-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const put = (archive: string) => layOut(root, parseArchive(archive).parts.map(readEntry));
const read = (file: string) => readFileSync(path.join(root, file));

test('files, modes and symlinks', () => {
  put('-- a/b/run.sh (mode 755) --\ntrue\n-- a/link (symlink) --\n../nowhere\n');
  expect(read('a/b/run.sh').toString()).toBe('true\n');
  expect(lstatSync(path.join(root, 'a/b/run.sh')).mode & 0o777).toBe(0o755);
  expect(readlinkSync(path.join(root, 'a/link'))).toBe('../nowhere');
});

test('a folder in the place of a file', () => {
  put('-- a --\ntext\n');
  put('-- a (removed) --\n-- a/b --\ntext\n');
  expect(read('a/b').toString()).toBe('text\n');
  put('-- a (removed) --\n');
  expect(lstatSync(path.join(root, 'a'), { throwIfNoEntry: false })).toBeUndefined();
});

test('what is to be removed must be there', () => {
  expect(() => put('-- a (removed) --\n')).toThrow('ENOENT');
});

test('a folder that is packed', () => {
  put('-- charts/web-1.0.0.tgz/web/Chart.yaml --\nname: web\n-- charts/web-1.0.0.tgz/web/templates/a.yaml --\na: 1\n');
  const tar = gunzipSync(read('charts/web-1.0.0.tgz')).toString('latin1');
  expect(tar.slice(0, 14)).toBe('web/Chart.yaml');
  expect(tar.slice(512, 522)).toBe('name: web\n');
  expect(tar.slice(1024, 1044)).toBe('web/templates/a.yaml');
});
