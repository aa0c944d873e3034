import type { Span } from '@fluxwright/diagnostics';
import { type JsonObject, valueAt } from '@fluxwright/documents';
import { builtInData, groupOf } from '@fluxwright/kubernetes';
import type { TreeObject } from './tree-object.ts';

/** An object that Helm makes of a HelmRelease of a tree. Its path and its lines are those of the release. */
export interface HelmObject extends TreeObject {
  /** True for a definition of the chart's crds/ folder, which Helm never deletes and helm-controller updates. */
  readonly isOfCrds: boolean;
  /** True for what comes and goes with an event. */
  readonly isHook: boolean;
  /** True where Helm leaves it when the release has it no more. */
  readonly isKept: boolean;
  /** What goes with it for good; absent for most. */
  readonly loses?: string;
}

/** What Helm makes of the releases whose charts are at hand, by `namespace/name` of the HelmRelease. */
export type Releases = ReadonlyMap<string, readonly HelmObject[]>;

interface Placed {
  /** The HelmRelease. */
  readonly release: TreeObject;
  /** The line that says which chart. */
  readonly chartSpan: Span;
  readonly namespace: string | undefined;
  /** The file of the chart that made it. */
  readonly file: string;
  /** `<Kind>.<group>` of custom kinds that hold data. */
  readonly dataKinds: ReadonlySet<string>;
}

/** Reads an object of a chart as one of a release (https://helm.sh/docs/topics/charts_hooks/, "Resource policy" of the chart tips). */
export function helmObject(object: JsonObject, { release, chartSpan, namespace, file, dataKinds }: Placed): HelmObject {
  const apiVersion = String(object.apiVersion);
  const kind = String(object.kind);
  const group = groupOf(apiVersion);
  const annotation = (name: string) => valueAt(object, ['metadata', 'annotations', `helm.sh/${name}`]);
  const loses = dataKinds.has(`${kind}.${group}`) ? 'the data that it keeps' : builtInData({ group, kind, object });
  return {
    apiVersion,
    group,
    kind,
    ...(namespace === undefined ? {} : { namespace }),
    name: String(valueAt(object, ['metadata', 'name'])),
    object,
    path: release.path,
    locate: () => [chartSpan],
    isOfCrds: /^[^/]+\/(charts\/[^/]+\/)*crds\//.test(file),
    isHook: annotation('hook') !== undefined,
    isKept: annotation('resource-policy') === 'keep',
    ...(loses !== undefined && { loses }),
  };
}
