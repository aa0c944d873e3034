import { lstatSync, realpathSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { type Diagnostic, diagnostic } from '@fluxwright/diagnostics';
import { shownPath } from '../data/shown-path.ts';

/** Folders of a workspace that hold what people or other programs write. */
const sources = ['.git', '.nx', 'clusters', 'components', 'node_modules', 'products'];

/**
 * Why trees are not written below `outputRoot`, links followed: it holds the workspace, is its root, or lies among its
 * sources; or it is there and is no folder. Undefined where trees can be written.
 */
export function outputFault(root: string, outputRoot: string): Diagnostic | undefined {
  const shown = shownPath(root, outputRoot) || '.';
  const refused = (says: string, help: string): Diagnostic =>
    diagnostic('write/failed', {
      message: `trees are not written into ${shown}: ${says}`,
      primary: { file: shown },
      help,
    });
  const help = 'name a folder of its own for them: generated/ is the default of --output';
  const place = realPlace(resolve(outputRoot));
  const home = realPlace(resolve(root));
  if (place === undefined || home === undefined) return refused('a link in its path leads nowhere', help);
  const up = relative(place, home);
  if (up === '') return refused('it is the workspace itself', help);
  if (!isOutside(up)) return refused('it holds the workspace', help);
  const down = relative(home, place);
  const part = isOutside(down) ? undefined : down.split(sep).find((step) => sources.includes(step));
  if (part !== undefined) return refused(`${part} holds no output`, help);
  if (place.split(sep).includes('.git')) return refused('.git holds no output', help);
  for (const folder of [place, join(place, '.fluxwright')]) {
    const stat = lstatSync(folder, { throwIfNoEntry: false });
    if (stat !== undefined && !stat.isDirectory() && !stat.isSymbolicLink())
      return refused(`${basename(folder)} is no folder`, 'move that file away and build again');
  }
  return undefined;
}

function isOutside(path: string): boolean {
  return path === '..' || path.startsWith(`..${sep}`) || isAbsolute(path);
}

/** A path with the links in that part of it that exists followed; undefined where one leads nowhere. */
function realPlace(path: string): string | undefined {
  const parent = dirname(path);
  if (lstatSync(path, { throwIfNoEntry: false }) === undefined) {
    const above = parent === path ? path : realPlace(parent);
    return above === undefined ? undefined : join(above, basename(path));
  }
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}
