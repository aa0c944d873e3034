import type { Span } from '@fluxwright/diagnostics';
import { isObject, type JsonObject, valueAt } from '@fluxwright/documents';
import { objectKey } from '@fluxwright/kubernetes';
import { helmGroup, sourceGroup } from '../tree/flux-node.ts';
import type { FluxTree } from '../tree/flux-tree.ts';
import type { TreeObject } from '../tree/tree-object.ts';
import { placeOf } from '../tree/tree-object.ts';

/** Which chart a HelmRelease installs, where its tree says so exactly. */
export interface ReleaseChart {
  /** The last part of its name. */
  readonly name: string;
  readonly version: string;
  /** The line that says the version. */
  readonly span: Span;
}

export function isRelease({ group, kind }: TreeObject): boolean {
  return group === helmGroup && kind === 'HelmRelease';
}

/** The HelmReleases of a tree by `namespace/name`. */
export function releasesIn({ objects }: FluxTree): ReadonlyMap<string, TreeObject> {
  return new Map(objects.filter(isRelease).map((each) => [`${each.namespace ?? ''}/${each.name}`, each]));
}

/**
 * The chart of a HelmRelease (helm-controller docs/spec/v2/helmreleases.md, "Chart template", "Chart reference"): said in it, or
 * by the tag of its OCIRepository, where `_` stands for `+`. Undefined where no version is said.
 */
export function releaseChart(release: TreeObject, tree: FluxTree): ReleaseChart | undefined {
  const { object } = release;
  const at = ['spec', 'chart', 'spec', 'version'];
  const name = valueAt(object, ['spec', 'chart', 'spec', 'chart']);
  const version = valueAt(object, at);
  if (typeof name === 'string' && typeof version === 'string')
    return { name: lastPart(name), version, span: placeOf(release, at) };
  const source = chartSource(release, tree);
  const url = valueAt(source?.object ?? {}, ['spec', 'url']);
  const tag = valueAt(source?.object ?? {}, ['spec', 'ref', 'tag']);
  if (source === undefined || typeof url !== 'string' || typeof tag !== 'string') return undefined;
  return { name: lastPart(url), version: tag.replaceAll('_', '+'), span: placeOf(source, ['spec', 'ref', 'tag']) };
}

/** The OCIRepository that holds the chart of a HelmRelease; undefined where it has none. */
export function chartSource({ object, namespace }: TreeObject, { byKey }: FluxTree): TreeObject | undefined {
  const ref = valueAt(object, ['spec', 'chartRef']);
  if (!isObject(ref) || ref.kind !== 'OCIRepository') return undefined;
  return byKey.get(objectKey(sourceId(ref, namespace)));
}

function sourceId(ref: JsonObject, own: string | undefined) {
  const namespace = typeof ref.namespace === 'string' ? ref.namespace : own;
  return { group: sourceGroup, kind: 'OCIRepository', namespace, name: String(ref.name) };
}

function lastPart(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
