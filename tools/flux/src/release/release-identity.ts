import { isObject, valueAt } from '@fluxwright/documents';
import { objectKey } from '@fluxwright/kubernetes';
import type { FluxTree } from '../tree/flux-tree.ts';
import type { TreeObject } from '../tree/tree-object.ts';

/** What Helm and helm-controller know a release by: where one of these changes, the release is installed anew. */
export interface ReleaseIdentity {
  readonly releaseName: string;
  readonly targetNamespace: string;
  readonly storageNamespace: string;
  readonly chart: string;
}

/** Names of what makes a release, in the order messages name them, with where a HelmRelease says them. */
const releaseFields: readonly (readonly [keyof ReleaseIdentity, readonly string[]])[] = [
  ['releaseName', ['spec', 'releaseName']],
  ['targetNamespace', ['spec', 'targetNamespace']],
  ['storageNamespace', ['spec', 'storageNamespace']],
  ['chart', ['spec', 'chart', 'spec', 'chart']],
];

/**
 * The release of a HelmRelease with its defaults (helm-controller docs/spec/v2/helmreleases.md, "Release name", "Target
 * namespace", "Storage namespace"). The chart of an OCIRepository is the last part of its URL.
 */
export function releaseIdentity(release: TreeObject, tree: FluxTree): ReleaseIdentity {
  const { object, namespace = '', name } = release;
  const said = (path: readonly string[]): string | undefined => {
    const value = valueAt(object, path);
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const target = said(['spec', 'targetNamespace']);
  return {
    releaseName: said(['spec', 'releaseName']) ?? (target === undefined ? name : `${target}-${name}`),
    targetNamespace: target ?? namespace,
    storageNamespace: said(['spec', 'storageNamespace']) ?? namespace,
    chart: said(['spec', 'chart', 'spec', 'chart']) ?? chartOfSource(release, tree) ?? '',
  };
}

/** What of a release's identity differs between two trees, the first of what messages name; undefined where it stays one. */
export function identityChange(
  [old, before]: readonly [TreeObject, FluxTree],
  [now, after]: readonly [TreeObject, FluxTree],
):
  | { readonly name: keyof ReleaseIdentity; readonly at: readonly string[]; readonly from: string; readonly to: string }
  | undefined {
  const [was, is] = [releaseIdentity(old, before), releaseIdentity(now, after)];
  const [name, at] = releaseFields.find(([field]) => was[field] !== is[field]) ?? [];
  return name && at && { name, at, from: was[name], to: is[name] };
}

function chartOfSource({ object, namespace }: TreeObject, tree: FluxTree): string | undefined {
  const ref = valueAt(object, ['spec', 'chartRef']);
  if (!isObject(ref)) return undefined;
  const id = {
    group: 'source.toolkit.fluxcd.io',
    kind: String(ref.kind),
    namespace: typeof ref.namespace === 'string' ? ref.namespace : namespace,
    name: String(ref.name),
  };
  const url = valueAt(tree.byKey.get(objectKey(id))?.object ?? {}, ['spec', 'url']);
  return typeof url === 'string' ? url.slice(url.lastIndexOf('/') + 1) : undefined;
}
