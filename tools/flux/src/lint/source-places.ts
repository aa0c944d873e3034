import { posix } from 'node:path';
import { compareText, isObject, valueAt } from '@fluxwright/documents';
import type { LintObject } from './lint-object.ts';
import { sourceOf } from './source-of.ts';

/**
 * For each source that this tree is, or is a part of, the leading folders of its paths that lie above the tree: '' for a
 * whole repository. A source is this tree where one of its paths is a folder here. It is one that this tree is a part of
 * where several of its paths end in folders here behind the same leading ones, or one does that applies its own file. That
 * the root is a path says nothing, unless no other source fits.
 */
export function sourcePlaces(
  kustomizations: readonly LintObject[],
  folders: ReadonlySet<string>,
): ReadonlyMap<string, string> {
  const bySource = Map.groupBy(kustomizations, sourceOf);
  const places = new Map<string, string>();
  for (const [source, own] of bySource) {
    const place = placeOf(own, folders);
    if (place !== undefined) places.set(source, place);
  }
  if (places.size > 0) return places;
  return new Map(
    [...bySource].filter(([, own]) => own.some((each) => pathOf(each) === '')).map(([source]) => [source, '']),
  );
}

/** The folder of the tree that a FluxKustomization applies; undefined where its source is another, or the folder is not there. */
export function folderOf(
  kustomization: LintObject,
  places: ReadonlyMap<string, string>,
  folders: ReadonlySet<string>,
): string | undefined {
  const place = places.get(sourceOf(kustomization));
  const folder = place === undefined ? undefined : behind(pathOf(kustomization), place);
  return folder !== undefined && folders.has(folder) ? folder : undefined;
}

function placeOf(kustomizations: readonly LintObject[], folders: ReadonlySet<string>): string | undefined {
  const paths = new Set(kustomizations.map(pathOf));
  if ([...paths].some((path) => path !== '' && folders.has(path))) return '';
  const leading = [...paths].flatMap((path) =>
    path.split('/').map((_, index, steps) => steps.slice(0, index + 1).join('/')),
  );
  const candidates = [...new Set(leading)].sort((a, b) => a.length - b.length || compareText(a, b));
  return candidates.find((place) => {
    const found = [...paths]
      .map((path) => behind(path, place))
      .filter((each) => each !== undefined && folders.has(each));
    if (found.length > 1) return true;
    return kustomizations.some((each) => {
      const folder = behind(pathOf(each), place);
      return folder !== undefined && folders.has(folder) && appliesItself(each, folder);
    });
  });
}

/** The root of a bootstrapped cluster is known by its name, any other folder by the file in it. */
function appliesItself({ file, name }: LintObject, folder: string): boolean {
  if (folder === '') return name === 'flux-system' && file.startsWith('flux-system/');
  return file.startsWith(`${folder}/`);
}

function behind(path: string, place: string): string | undefined {
  if (place === '') return path;
  if (path === place) return '';
  return path.startsWith(`${place}/`) ? path.slice(place.length + 1) : undefined;
}

/** The path of a FluxKustomization from the root of its source; '' for the root. */
function pathOf({ object }: LintObject): string {
  const path = valueAt(object, ['spec', 'path']);
  const spec = isObject(object.spec) && typeof path === 'string' ? path : '';
  return posix.join('/', spec).replace(/^\/|\/$/g, '');
}
