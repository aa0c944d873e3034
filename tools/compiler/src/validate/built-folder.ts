import { hash } from 'node:crypto';
import { posix } from 'node:path';
import { isObject, type JsonObject, type JsonValue, memo, valueAt } from '@fluxwright/documents';
import { kustomizationFiles } from '../assemble/kustomization-files.ts';
import { objectText } from '../assemble/object-text.ts';
import type { OutputFile } from '../data/output-tree.ts';
import type { RenderedCluster, Resource } from '../data/rendered-cluster.ts';
import { stageFolderOf } from '../plan/stage-part.ts';

/** A folder of the tree that a FluxKustomization applies. */
export interface BuiltFolder {
  /** From the cluster's output folder. */
  readonly path: string;
  /** The objects that the folder is meant to apply. */
  readonly meant: readonly Resource[];
  /** Its files and those that it lists elsewhere. */
  files(): readonly OutputFile[];
  /**
   * Digest of all that kustomize looks at. A plain folder, a list of files with one object each, is told by the names
   * of its files and the shapes of its objects: in values other than metadata kustomize reads nothing.
   */
  readonly shape: string;
}

/** The folders of a tree by path. */
export function builtFolders(rendered: RenderedCluster): ReadonlyMap<string, BuiltFolder> {
  const lists = new Map(kustomizationFiles(rendered).map((file) => [posix.dirname(file.path), file]));
  const objects = Map.groupBy(rendered.resources, ({ path, copied }) =>
    copied ? stageFolderOf(path) : posix.dirname(path),
  );
  const copies = Map.groupBy(rendered.copies, ({ path }) => stageFolderOf(path));
  const read = (folder: string): string[] => (folder === 'flux-system' ? [folder, 'kustomizations'] : [folder]);
  return new Map(
    [...lists.keys()].map((path) => {
      const folders = read(path).filter((each) => lists.has(each));
      const meant = folders.flatMap((each) => objects.get(each) ?? []);
      const listed = folders.flatMap((each) => lists.get(each) ?? []);
      const copied = copies.get(path) ?? [];
      const files = (): OutputFile[] => [
        ...listed,
        ...copied,
        ...meant
          .filter((each) => each.copied !== true)
          .map((each) => ({ path: each.path, text: objectText(each.object, each.origin.span.file) })),
      ];
      const state = [
        listed.map(({ path: at, text }) => [at, text.replace(/^#.*\n/gm, '')]),
        copied.map(({ path: at, text }) => [at, text]),
        meant.map((each) => [each.path, each.copied ? '' : shapeOf(each.object)]),
      ];
      return [path, { path, meant, files, shape: hash('sha256', JSON.stringify(state), 'hex') }];
    }),
  );
}

/** Clusters that share a task share its objects. */
const shapeOf = memo(({ apiVersion, kind, metadata, ...rest }: JsonObject) =>
  JSON.stringify([apiVersion, kind, metadata, outline(rest)]),
);

/**
 * What is left without the values that come through kustomize whatever they are: numbers too large or too fine for that
 * stay. In pairs, because `__proto__` is a key like any other.
 */
function outline(value: JsonValue): JsonValue {
  if (typeof value === 'string') return '';
  if (typeof value === 'boolean') return false;
  if (Number.isSafeInteger(value)) return 0;
  if (Array.isArray(value)) return value.map(outline);
  return isObject(value) ? Object.entries(value).map(([key, each]) => [key, outline(each)]) : value;
}

/** The folder of the tree that a FluxKustomization on the cluster's own repository points at. */
export function pathInTree(resource: Resource, { cluster }: RenderedCluster): string | undefined {
  const path = valueAt(resource.object, ['spec', 'path']);
  const kind = valueAt(resource.object, ['spec', 'sourceRef', 'kind']);
  const source = valueAt(resource.object, ['spec', 'sourceRef', 'name']);
  if (kind !== 'GitRepository' || source !== 'flux-system') return undefined;
  return posix.relative(posix.join('/', cluster.spec.git.path), posix.join('/', typeof path === 'string' ? path : '.'));
}
