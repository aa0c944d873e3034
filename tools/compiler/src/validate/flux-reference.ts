import { isObject, type JsonPath, type JsonValue, valueAt } from '@fluxwright/documents';
import { groupOf, type ObjectId } from '@fluxwright/kubernetes';
import type { Resource } from '../data/rendered-cluster.ts';

/** One place in a Flux object that names another object which must be in the tree. */
export interface FluxReference {
  readonly at: JsonPath;
  readonly id: ObjectId;
  /** True for an entry of dependsOn. */
  readonly dependency: boolean;
}

const sourceGroup = 'source.toolkit.fluxcd.io';

/**
 * The references of a HelmRelease (helm/v2) or a FluxKustomization (kustomize/v1) to objects of Flux's own kinds.
 * Health checks of other kinds are left out: charts make those objects in the cluster.
 */
export function fluxReferences(resource: Resource): readonly FluxReference[] {
  return [
    ...reference(resource, ['spec', 'chart', 'spec', 'sourceRef'], sourceGroup),
    ...reference(resource, ['spec', 'chartRef'], sourceGroup),
    ...reference(resource, ['spec', 'sourceRef'], sourceGroup),
    ...list(resource, ['spec', 'dependsOn']).flatMap((at) => reference(resource, at)),
    ...list(resource, ['spec', 'healthChecks']).flatMap((at) => healthCheck(resource, at)),
  ];
}

/** `group` is that of sources; without it the reference is to the resource's own kind. */
function reference(resource: Resource, at: JsonPath, group?: string): FluxReference[] {
  const target = valueAt(resource.object, at);
  if (!isObject(target)) return [];
  const name = text(target.name);
  const kind = group === undefined ? resource.kind : text(target.kind);
  if (name === undefined || kind === undefined) return [];
  const namespace = text(target.namespace) ?? resource.namespace;
  const id = { group: group ?? groupOf(resource.apiVersion), kind, namespace, name };
  return [{ at: [...at, 'name'], id, dependency: group === undefined }];
}

function healthCheck(resource: Resource, at: JsonPath): FluxReference[] {
  const target = valueAt(resource.object, at);
  if (!isObject(target)) return [];
  const { apiVersion, kind, name, namespace } = target;
  const group = groupOf(text(apiVersion) ?? '');
  if (!group.endsWith('.toolkit.fluxcd.io') || typeof kind !== 'string' || typeof name !== 'string') return [];
  return [
    {
      at: [...at, 'name'],
      id: { group, kind, namespace: text(namespace) ?? resource.namespace, name },
      dependency: false,
    },
  ];
}

function list(resource: Resource, at: JsonPath): JsonPath[] {
  const items = valueAt(resource.object, at);
  return Array.isArray(items) ? items.map((_, index) => [...at, index]) : [];
}

function text(value: JsonValue | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
