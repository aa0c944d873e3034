import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { OutputTree } from '@fluxwright/compiler';
import { type ProvedTree, proveTree } from '../src/tree/proved-tree.ts';

export interface SampleTree {
  readonly proved: ProvedTree;
  /** Where it lies. */
  readonly folder: string;
  readonly remove: () => void;
}

/** Fields of the record besides those it always has. */
export interface SampleRecord {
  readonly input?: string;
  readonly data?: Readonly<Record<string, string>>;
}

/** The files with a record beside them, as the compiler hands them over. */
export function outputTree(
  cluster: string,
  files: Readonly<Record<string, string>>,
  more: SampleRecord = {},
): OutputTree {
  const digest = (text: string): string => `sha256:${createHash('sha256').update(text).digest('hex')}`;
  const digests = Object.fromEntries(Object.entries(files).map(([path, text]) => [path, digest(text)]));
  const record = { cluster, compiler: '0.1.0', input: digest(JSON.stringify(files)), files: digests, ...more };
  const all = { ...files, '.fluxwright.json': `${JSON.stringify(record, null, 2)}\n` };
  const sorted = Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1));
  return { cluster, files: sorted.map(([path, text]) => ({ path, text })) };
}

/** A tree on the disk, proved. */
export function sampleTree(
  cluster: string,
  files: Readonly<Record<string, string>>,
  record?: SampleRecord,
): SampleTree {
  const folder = mkdtempSync(join(tmpdir(), 'fluxwright-tree-'));
  const tree = outputTree(cluster, files, record);
  writeFiles(folder, tree);
  const proved = proveTree(tree, { folder, shown: `generated/${cluster}` });
  if (!('read' in proved)) throw new Error(proved[0]?.message);
  return { proved, folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Puts the files of a tree into a folder. */
export function writeFiles(folder: string, tree: OutputTree): void {
  for (const { path, text } of tree.files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}
