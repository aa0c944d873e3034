import type { JsonValue } from '@fluxwright/documents';
import { entriesOf } from '../tree/kustomization-file.ts';
import { within } from '../tree/listed-files.ts';
import type { TreeFiles } from './tree-files.ts';

/** What a build of a folder may read. */
export interface BuildInputs {
  readonly files: ReadonlySet<string>;
  /** Folders whose kustomization file is read. */
  readonly folders: ReadonlySet<string>;
  /** False where it may read what was not read here. */
  readonly isWhole: boolean;
}

/**
 * The files that kustomize may read for some folders: what their kustomization files name, whatever field names it, and
 * so on; of a folder without one every file below.
 */
export function buildInputs(folders: readonly string[], tree: TreeFiles): BuildInputs {
  const files = new Set<string>();
  const seen = new Set<string>();
  let isWhole = true;
  const isPassed = (path: string) => [...tree.passed].some((each) => path === each || path.startsWith(`${each}/`));
  const visit = (folder: string): void => {
    if (seen.has(folder)) return;
    seen.add(folder);
    const file = tree.kustomizations.get(folder);
    if (file === undefined) {
      for (const path of tree.files.keys()) if (folder === '' || path.startsWith(`${folder}/`)) files.add(path);
      return;
    }
    files.add(file.path);
    for (const text of textsOf(file.object)) {
      const path = within(folder, text.slice(text.indexOf('=') + 1));
      if (path === undefined ? text.startsWith('../') : isPassed(path)) isWhole = false;
      if (path === undefined) continue;
      if (tree.files.has(path)) files.add(path);
      else if (tree.folders.has(path) && path !== folder) visit(path);
    }
  };
  for (const folder of folders) visit(folder);
  return { files, folders: seen, isWhole };
}

/** Folders that the kustomization file of another lists. */
export function listedFolders(tree: TreeFiles): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { folder, object } of tree.kustomizations.values()) {
    for (const entry of entriesOf(object)) {
      const path = within(folder, entry);
      if (path !== undefined && tree.folders.has(path)) found.add(path);
    }
  }
  return found;
}

function* textsOf(value: JsonValue): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (typeof value === 'object' && value !== null) for (const each of Object.values(value)) yield* textsOf(each);
}
