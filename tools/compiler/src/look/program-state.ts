import { hash } from 'node:crypto';
import { readFileSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { memoText, reach } from '@fluxwright/documents';
import { folderState } from './folder-state.ts';

/**
 * One digest of a program: of Node's version, and of how the files of its package and of all packages below its
 * dependencies stand. So an edited source, an engine built anew and another release of a library all change it.
 * `folder` is the package's own, absolute; it is looked at once in a process.
 */
export const programState = memoText((folder) =>
  hash('sha256', JSON.stringify([process.version, ...packageStates(folder)]), 'hex'),
);

function packageStates(own: string): readonly string[] {
  const folders = reach([own], (folder) => dependenciesOf(folder).flatMap((name) => installed(folder, name)));
  return [...folders]
    .map((folder) => `${folder} ${folderState(folder, { skip: ['node_modules', 'test'] })?.digest}`)
    .sort();
}

function dependenciesOf(folder: string): readonly string[] {
  const { dependencies = {} } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return Object.keys(dependencies);
}

/** The folder that Node finds a package in (https://nodejs.org/api/modules.html#loading-from-node_modules-folders); [] for none. */
function installed(from: string, name: string): readonly string[] {
  for (let folder = from; ; folder = dirname(folder)) {
    try {
      const found = realpathSync(join(folder, 'node_modules', name));
      readFileSync(join(found, 'package.json'));
      return [found];
    } catch {
      if (folder === dirname(folder)) return [];
    }
  }
}
