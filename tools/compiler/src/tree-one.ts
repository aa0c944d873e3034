import { assembleTree } from './assemble/assemble-tree.ts';
import { inputDigest } from './assemble/input-digest.ts';
import { compilerVersion } from './compiler-version.ts';
import type { OutputTree } from './output-tree.ts';
import { type RenderedOne, renderOne } from './render-one.ts';

export interface TreeOne extends RenderedOne {
  /** Absent where a stage before found an error. */
  readonly tree?: OutputTree;
}

/** One cluster in memory, as the bytes that write would put on the disk; validate is left out. `charts` is a folder, from `root`. */
export async function treeOne(root: string, name: string, charts?: string): Promise<TreeOne> {
  const one = await renderOne(root, name, charts);
  const { rendered, plan } = one;
  if (rendered === undefined || plan === undefined) return one;
  const identity = { input: inputDigest(rendered.cluster, plan, rendered.charts), compiler: compilerVersion };
  return { ...one, tree: assembleTree(rendered, identity) };
}
