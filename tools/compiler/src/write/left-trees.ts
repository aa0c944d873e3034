import { type Dirent, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Diagnostic, diagnostic } from '@fluxwright/diagnostics';
import { by } from '@fluxwright/documents';
import { shownPath } from '../data/shown-path.ts';

/**
 * Trees of ours in `outputRoot` whose cluster is none of `clusters`, the names of all there are. They are reported and
 * left: a cluster that runs goes on applying what was published of its tree.
 */
export function leftTrees(outputRoot: string, clusters: readonly string[], root: string): readonly Diagnostic[] {
  return foldersIn(outputRoot)
    .filter((entry) => entry.isDirectory() && !clusters.includes(entry.name))
    .filter(({ name }) => existsSync(join(outputRoot, name, '.fluxwright.json')))
    .map(({ name }) => {
      const file = shownPath(root, join(outputRoot, name));
      return diagnostic('write/left-tree', {
        message: `${file} is the tree of a cluster that is no longer there`,
        primary: { file },
        note: `no folder clusters/${name}`,
        help: `take Flux out of that cluster first if it still runs, then remove ${file}`,
      });
    })
    .sort(by(({ primary }) => primary?.file ?? ''));
}

/** What cannot be read holds nothing that could be told: the write of a cluster says why. */
function foldersIn(outputRoot: string): readonly Dirent[] {
  try {
    return existsSync(outputRoot) ? readdirSync(outputRoot, { withFileTypes: true }) : [];
  } catch {
    return [];
  }
}
