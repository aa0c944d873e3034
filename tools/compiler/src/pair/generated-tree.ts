import { type FluxTree, type FluxTreeOptions, fluxTree } from '@fluxwright/flux';
import { parseRecord, recordPath } from '../assemble/file-record.ts';
import type { OutputFile } from '../data/output-tree.ts';

/** A tree that Fluxwright made, as Flux sees it, with what its record says of the data in it. */
export function generatedTree(files: readonly OutputFile[], options: Omit<FluxTreeOptions, 'record'>): FluxTree {
  const text = files.find(({ path }) => path === recordPath)?.text;
  return fluxTree(files, { ...options, record: text === undefined ? undefined : parseRecord(text) });
}
