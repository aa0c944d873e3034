import { lstatSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { OutputTree } from '../data/output-tree.ts';

/**
 * Throws where writing the tree could touch anything outside `<outputRoot>/<cluster>`: a path of the tree that climbs or
 * is absolute, or a symlink in the place of a folder that is written through. Symlinks inside the old tree are no way
 * out: they are foreign files, and the new tree is made in a fresh folder.
 */
export function checkPaths(outputRoot: string, tree: OutputTree): void {
  if (!isName(tree.cluster)) throw new Error(`"${tree.cluster}" is no name of a folder`);
  for (const { path } of tree.files) {
    if (!path.split('/').every(isName)) throw new Error(`the path "${path}" leaves the cluster's folder`);
  }
  for (const folder of [outputRoot, join(outputRoot, '.fluxwright'), join(outputRoot, tree.cluster)]) {
    if (lstatSync(folder, { throwIfNoEntry: false })?.isSymbolicLink()) {
      throw new Error(`the folder "${basename(folder)}" is a symlink; Fluxwright writes only into real folders`);
    }
  }
}

function isName(segment: string): boolean {
  return segment !== '' && segment !== '.' && segment !== '..' && !/[\\\0]/.test(segment);
}
