import { posix } from 'node:path';

/** What lies in a tree. Paths are from its folder, and '' is that itself. */
export interface Listing {
  readonly paths: readonly string[];
  /** Folder of a kustomization file → what that lists. */
  readonly lists: ReadonlyMap<string, readonly string[]>;
}

/**
 * The YAML files that kustomize reads for a folder: with a kustomization file what that lists, and so on; without one every file
 * below, down to folders that have one of their own, as kustomize-controller makes itself one (fluxcd/pkg kustomize v1.35.6
 * kustomize_generator.go, scanManifests). A listed folder without one is an error of kustomize's, and yields nothing here.
 */
export function listedFiles(folder: string, { paths, lists }: Listing): readonly string[] {
  const seen = new Set<string>();
  const there = new Set(paths);
  const listed = (place: string): readonly string[] => {
    if (seen.has(place)) return [];
    seen.add(place);
    return (lists.get(place) ?? []).flatMap((entry) => {
      const path = within(place, entry);
      if (path === undefined) return [];
      return lists.has(path) ? listed(path) : isYaml(path) && there.has(path) ? [path] : [];
    });
  };
  if (lists.has(folder)) return listed(folder);
  return paths
    .filter((path) => isYaml(path) && isBelow(path, folder))
    .flatMap((path) => {
      const own = foldersAbove(path).find((each) => lists.has(each) && isBelow(each, folder));
      return own === undefined ? [path] : listed(own);
    });
}

/** A path of the tree that an entry in a folder means; undefined where it leaves the tree, or is no path. */
export function within(folder: string, entry: string): string | undefined {
  if (entry.length > 500 || entry.includes('\n') || entry.startsWith('/')) return undefined;
  const path = posix.join(folder, entry).replace(/\/$/, '');
  if (path === '..' || path.startsWith('../')) return undefined;
  return path === '.' ? '' : path;
}

/** A path from the root of a source that steps lead to, and that cannot leave it; '' is the root. */
export function pathInSource(...steps: readonly string[]): string {
  return posix.join('/', ...steps).replace(/^\/|\/$/g, '');
}

/** The folders that hold files, and those above them; '' is the root. */
export function foldersOf(paths: Iterable<string>): ReadonlySet<string> {
  return new Set(['', ...[...paths].flatMap(foldersAbove)]);
}

/** The folder of a path; '' for the root. */
export function folderName(path: string): string {
  const folder = posix.dirname(path);
  return folder === '.' ? '' : folder;
}

/** The outermost first, without the root. */
function foldersAbove(path: string): readonly string[] {
  const steps = path.split('/').slice(0, -1);
  return steps.map((_, index) => steps.slice(0, index + 1).join('/'));
}

function isBelow(path: string, folder: string): boolean {
  return folder === '' || path === folder || path.startsWith(`${folder}/`);
}

function isYaml(path: string): boolean {
  return /\.ya?ml$/.test(path);
}
