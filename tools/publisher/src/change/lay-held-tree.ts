import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { recordPath, writeTree } from '@fluxwright/compiler';
import type { Diagnostic } from '@fluxwright/diagnostics';
import type { ProvedTree } from '../tree/proved-tree.ts';

export interface HeldPlace {
  readonly root: string;
  /** Folder of the trees, from `root`. */
  readonly output: string;
  /** The tree that was compiled: where it lies there already, nothing is done. */
  readonly compiled: ProvedTree;
}

/**
 * Puts a tree with marks in the place of the older one below generated/, as `fluxwright migrate` does. Without that the build of
 * the change would be refused for ever: it is held against what lies there, which has no marks (docs/decisions/0035).
 */
export function layHeldTree(held: ProvedTree, { root, output, compiled }: HeldPlace): readonly Diagnostic[] {
  const outputRoot = resolve(root, output);
  const there = readRecord(join(outputRoot, held.cluster));
  if (there === undefined || there.equals(compiled.read(recordPath))) return [];
  const files = held.paths.map((path) => ({ path, text: held.read(path).toString('utf8') }));
  return writeTree(outputRoot, { cluster: held.cluster, files }, root).diagnostics;
}

function readRecord(folder: string): Buffer | undefined {
  try {
    return readFileSync(join(folder, recordPath));
  } catch {
    return undefined;
  }
}
