import { valueAt } from '@fluxwright/documents';
import { type FluxNode, sourceGroup } from './flux-node.ts';
import type { TreeObject } from './tree-object.ts';

/**
 * For each source that this tree is, or is a part of, the leading folders of its paths that lie above the tree: '' for a
 * whole repository. A source is this tree where one of its paths is a folder here. It is one that this tree is a part of
 * where several of its paths end in folders here behind the same leading ones, or one does that applies its own file. That
 * the root is a path says nothing, unless no other source fits. A GitRepository of another repository than that of a
 * FluxKustomization which applies its own file is not this tree, whatever its paths are called.
 */
export function sourcePlaces(
  nodes: readonly FluxNode[],
  folders: ReadonlySet<string>,
  objects: readonly TreeObject[],
): ReadonlyMap<string, string> {
  const bySource = Map.groupBy(nodes, ({ source }) => source);
  const places = new Map<string, string>();
  for (const [source, own] of bySource) {
    const place = placeOf(own, folders);
    if (place !== undefined) places.set(source, place);
  }
  if (places.size === 0)
    return new Map(
      [...bySource].filter(([, own]) => own.some(({ folder }) => folder === '')).map(([key]) => [key, '']),
    );
  const urls = repositories(objects);
  const own = new Set(
    nodes
      .filter((node) => appliesItself(node, folderIn(node, places, folders)))
      .flatMap(({ source }) => urls.get(source) ?? []),
  );
  return new Map(
    [...places].filter(([source]) => own.size === 0 || !urls.has(source) || own.has(urls.get(source) ?? '')),
  );
}

/** The folder of the tree that a FluxKustomization applies; undefined where its source is another, or the folder is not there. */
export function folderIn(
  { source, folder }: FluxNode,
  places: ReadonlyMap<string, string>,
  folders: ReadonlySet<string>,
): string | undefined {
  const place = places.get(source);
  const found = place === undefined ? undefined : behind(folder, place);
  return found !== undefined && folders.has(found) ? found : undefined;
}

function placeOf(nodes: readonly FluxNode[], folders: ReadonlySet<string>): string | undefined {
  const paths = new Set(nodes.map(({ folder }) => folder));
  if ([...paths].some((path) => path !== '' && folders.has(path))) return '';
  const leading = [...paths].flatMap((path) =>
    path.split('/').map((_, index, steps) => steps.slice(0, index + 1).join('/')),
  );
  const candidates = [...new Set(leading)].sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
  return candidates.find((place) => {
    const found = [...paths]
      .map((path) => behind(path, place))
      .filter((each) => each !== undefined && folders.has(each));
    if (found.length > 1) return true;
    return nodes.some((node) => {
      const folder = behind(node.folder, place);
      return folder !== undefined && folders.has(folder) && appliesItself(node, folder);
    });
  });
}

/** The root of a bootstrapped cluster is known by its name, any other folder by the file in it. */
function appliesItself({ object: { path, name } }: FluxNode, folder: string | undefined): boolean {
  if (folder === undefined) return false;
  if (folder === '') return name === 'flux-system' && path.startsWith('flux-system/');
  return path.startsWith(`${folder}/`);
}

function behind(path: string, place: string): string | undefined {
  if (place === '') return path;
  if (path === place) return '';
  return path.startsWith(`${place}/`) ? path.slice(place.length + 1) : undefined;
}

/** The repository of each GitRepository by the key of the source: its URL without what says how to get there. */
function repositories(objects: readonly TreeObject[]): ReadonlyMap<string, string> {
  return new Map(
    objects
      .filter(({ group, kind }) => group === sourceGroup && kind === 'GitRepository')
      .flatMap(({ kind, namespace = '', name, object }) => {
        const url = valueAt(object, ['spec', 'url']);
        if (typeof url !== 'string') return [];
        const place = url.replace(/^\w+:\/\/([^@/]*@)?[^/]*\//, '').replace(/\/$|(\.git)?\/?$/, '');
        return [[`${kind}/${namespace}/${name}`, place] as const];
      }),
  );
}
