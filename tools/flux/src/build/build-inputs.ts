import { type JsonValue, memoText, reach } from '@fluxwright/documents';
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
  const inputsOf = memoText((folder) => folderInputs(folder, tree));
  const seen = reach(folders, (folder) => inputsOf(folder).folders);
  const inputs = [...seen].map(inputsOf);
  return {
    files: new Set(inputs.flatMap(({ files }) => files)),
    folders: seen,
    isWhole: inputs.every(({ isWhole }) => isWhole),
  };
}

interface FolderInputs {
  readonly files: readonly string[];
  readonly folders: readonly string[];
  readonly isWhole: boolean;
}

/** What is read for one folder, that of the folders it names left out. */
function folderInputs(folder: string, tree: TreeFiles): FolderInputs {
  const file = tree.kustomizations.get(folder);
  if (file === undefined) {
    const below = [...tree.files.keys()].filter((path) => folder === '' || path.startsWith(`${folder}/`));
    return { files: below, folders: [], isWhole: true };
  }
  const texts = [...textsOf(file.object)];
  const named = texts.map((text) => ({ text, path: within(folder, text.slice(text.indexOf('=') + 1)) }));
  const paths = named.flatMap(({ path }) => path ?? []);
  return {
    files: [file.path, ...paths.filter((path) => tree.files.has(path))],
    folders: paths.filter((path) => !tree.files.has(path) && tree.folders.has(path) && path !== folder),
    isWhole: !named.some(({ text, path }) => (path === undefined ? text.startsWith('../') : isPassed(path, tree))),
  };
}

/** True for what was not read. */
function isPassed(path: string, tree: TreeFiles): boolean {
  return [...tree.passed].some((each) => path === each || path.startsWith(`${each}/`));
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
