import { recordFile } from '../../src/assemble/file-record.ts';
import type { OutputTree } from '../../src/data/output-tree.ts';

/** A small tree with a valid record, for tests of write: path → text. */
export function sampleTree(texts: Readonly<Record<string, string>>, cluster = 'one'): OutputTree {
  const files = Object.entries(texts)
    .map(([path, text]) => ({ path, text }))
    .sort(byPath);
  return { cluster, files: [...files, recordFile(files, { compiler: '0.0.0', input: 'sha256:0' })].sort(byPath) };
}

function byPath(a: { path: string }, b: { path: string }): number {
  return a.path < b.path ? -1 : 1;
}
