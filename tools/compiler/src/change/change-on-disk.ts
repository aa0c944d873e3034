import type { OutputFile, OutputTree } from '../data/output-tree.ts';
import type { RenderedCluster } from '../data/rendered-cluster.ts';
import { shownPath } from '../data/shown-path.ts';
import type { Engines } from '../engines/engines.ts';
import { readTreeFolder } from './read-tree-folder.ts';
import { type TreeChange, treeChange } from './tree-change.ts';

/** What the step from a tree in a folder does, with the old files that its findings can point into. */
export interface ChangeOnDisk extends TreeChange {
  /** Text of every old file, by its path from the root. */
  readonly sources: ReadonlyMap<string, string>;
}

export interface ChangeOnDiskOptions {
  /** The workspace. */
  readonly root: string;
  /** Of the old tree. */
  readonly folder: string;
  readonly engines: Engines;
  /** Files of the old tree, where they are others than those in its folder. */
  readonly previous?: readonly OutputFile[] | undefined;
}

/** {@link treeChange} from the tree of a folder to a new one. */
export async function changeOnDisk(
  tree: OutputTree,
  rendered: RenderedCluster,
  { root, folder, engines, previous = readTreeFolder(folder) }: ChangeOnDiskOptions,
): Promise<ChangeOnDisk> {
  const shown = shownPath(root, folder);
  const change = await treeChange(tree, rendered, { previous, shown, engines });
  return { ...change, sources: new Map(previous.map(({ path, text }) => [`${shown}/${path}`, text])) };
}
