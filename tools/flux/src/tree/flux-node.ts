import { isObject, type JsonObject, type JsonValue, mapsIn } from '@fluxwright/documents';
import { goDuration, groupOf, type ObjectId } from '@fluxwright/kubernetes';
import { pathInSource } from './listed-files.ts';
import type { TreeObject } from './tree-object.ts';

/** A FluxKustomization as its controller understands it: every default is filled in. Times are in seconds. */
export interface FluxNode {
  /** `namespace/name`. */
  readonly key: string;
  readonly object: TreeObject;
  /** `Kind/namespace/name` of its source. */
  readonly source: string;
  /** Folder it applies, from the root of its source; '' for the root. It cannot leave its source. */
  readonly folder: string;
  readonly dependsOn: readonly string[];
  readonly suspend: boolean;
  readonly prune: boolean;
  readonly deletionPolicy: 'Delete' | 'Orphan' | 'WaitForTermination';
  readonly wait: boolean;
  readonly healthChecks: readonly ObjectId[];
  readonly interval: number;
  readonly retryInterval: number;
  readonly timeout: number;
  readonly force: boolean;
}

/** The groups of FluxKustomizations, HelmReleases and sources. */
export const kustomizeGroup = 'kustomize.toolkit.fluxcd.io';
export const helmGroup = 'helm.toolkit.fluxcd.io';
export const sourceGroup = 'source.toolkit.fluxcd.io';

/** True for a FluxKustomization. */
export function isFluxKustomization({ group, kind }: TreeObject): boolean {
  return group === kustomizeGroup && kind === 'Kustomization';
}

/**
 * Reads a FluxKustomization (kustomize-controller docs/spec/v1/kustomizations.md): a retry interval that is not said is
 * the interval, a timeout that is not said the interval less 30 s but 30 s at least; MirrorPrune follows prune; a dependency
 * without namespace is in the own one.
 */
export function fluxNode(object: TreeObject): FluxNode {
  const spec: JsonObject = isObject(object.object.spec) ? object.object.spec : {};
  const own = object.namespace ?? '';
  const interval = goDuration(spec.interval) ?? 0;
  const prune = spec.prune === true;
  const policy = spec.deletionPolicy;
  const sourceRef = isObject(spec.sourceRef) ? spec.sourceRef : {};
  return {
    key: `${own}/${object.name}`,
    object,
    source: `${text(sourceRef.kind)}/${text(sourceRef.namespace, own)}/${text(sourceRef.name)}`,
    folder: pathInSource(text(spec.path)),
    dependsOn: mapsIn(spec.dependsOn).map((each) => `${text(each.namespace, own)}/${text(each.name)}`),
    suspend: spec.suspend === true,
    prune,
    deletionPolicy:
      policy === 'Delete' || policy === 'Orphan' || policy === 'WaitForTermination'
        ? policy
        : prune
          ? 'Delete'
          : 'Orphan',
    wait: spec.wait === true,
    healthChecks: mapsIn(spec.healthChecks).map((each) => ({
      group: groupOf(text(each.apiVersion)),
      kind: text(each.kind),
      namespace: typeof each.namespace === 'string' ? each.namespace : undefined,
      name: text(each.name),
    })),
    interval,
    retryInterval: goDuration(spec.retryInterval) ?? interval,
    timeout: goDuration(spec.timeout) ?? Math.max(interval - 30, 30),
    force: spec.force === true,
  };
}

function text(value: JsonValue | undefined, unsaid = ''): string {
  return typeof value === 'string' ? value : unsaid;
}
