import { resolve } from 'node:path';
import type { Diagnostic } from '@fluxwright/diagnostics';
import { recordPath } from '../assemble/file-record.ts';
import type { OutputTree } from '../data/output-tree.ts';
import type { RenderedCluster } from '../data/rendered-cluster.ts';
import type { Engines } from '../engines/engines.ts';
import { changeOnDisk } from './change-on-disk.ts';
import { isFileOf, readTreeFolder } from './read-tree-folder.ts';

/** What stands against replacing the tree on the disk by a new one, what components it loses, and the old files that the findings point into. */
export interface Refusal {
  readonly diagnostics: readonly Diagnostic[];
  readonly sources: ReadonlyMap<string, string>;
}

/**
 * Holds a new tree against the one on the disk that it is to replace (docs/decisions/0011). Only writing asks this: the
 * bytes of a tree never depend on what was there before.
 */
export async function refuseLoss(
  tree: OutputTree,
  rendered: RenderedCluster,
  { outputRoot, root, engines }: { readonly outputRoot: string; readonly root: string; readonly engines: Engines },
): Promise<Refusal> {
  const folder = resolve(outputRoot, tree.cluster);
  const record = tree.files.find(({ path }) => path === recordPath);
  const previous = isFileOf(folder, record) ? [] : readTreeFolder(folder);
  if (previous.length === 0) return { diagnostics: [], sources: new Map() };
  const { diagnostics, sources } = await changeOnDisk(tree, rendered, { root, folder, engines, previous });
  const named = new Set(diagnostics.flatMap(({ primary }) => primary?.file ?? []));
  return { diagnostics, sources: new Map([...sources].filter(([file]) => named.has(file))) };
}
