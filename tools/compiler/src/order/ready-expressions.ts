import { byKey, type JsonValue, memo } from '@fluxwright/documents';
import type { Component, ResolvedCluster } from '@fluxwright/model';
import { type Draft, from } from '../render/flux/draft.ts';
import { fromSpec, specSpan } from '../render/flux/flux-input.ts';

/** What is looked at before a stage counts as ready. */
export interface CheckedObjects {
  readonly cluster: ResolvedCluster;
  readonly component: Component;
  readonly objects: readonly { readonly apiVersion?: JsonValue; readonly kind?: JsonValue }[];
  /** True where more objects are applied than are known here. */
  readonly hasBase: boolean;
}

/**
 * The `healthCheckExprs` of a FluxKustomization: what the component says itself, in its order, then for each further kind
 * of its objects what the component says that brings the kind (provides.kinds[].ready), sorted by group and kind.
 */
export function readyExpressions({ cluster, component, objects, hasBase }: CheckedObjects): readonly Draft[] {
  const versions = new Map(objects.map(({ apiVersion, kind }) => [groupKind(apiVersion, kind), String(apiVersion)]));
  const own = component.spec.readiness?.expressions ?? [];
  const said = own.flatMap(({ apiVersion, kind }, index) =>
    hasBase || versions.has(groupKind(apiVersion, kind))
      ? [fromSpec({ component }, ['readiness', 'expressions', index]) as Draft]
      : [],
  );
  const bySelf = new Set(own.map(({ apiVersion, kind }) => groupKind(apiVersion, kind)));
  const provided = readyKinds(cluster);
  const taken = [...versions].sort(byKey).flatMap(([key, apiVersion]): readonly Draft[] => {
    const known = bySelf.has(key) ? undefined : provided.get(key);
    return known === undefined ? [] : [known(apiVersion)];
  });
  return [...said, ...taken];
}

/** By group and kind, the expressions of those who bring the kind, for a version of it. */
const readyKinds = memo(
  ({ components }: ResolvedCluster): ReadonlyMap<string, (apiVersion: string) => Draft> =>
    new Map(
      components.flatMap(({ component }) =>
        (component.spec.provides?.kinds ?? []).flatMap(({ group, kind, ready }, index) => {
          const span = specSpan(component, ['provides', 'kinds', index, 'ready']);
          const draft = (apiVersion: string) => from({ apiVersion, kind, ...ready }, span);
          return ready === undefined ? [] : [[`${group}/${kind}`, draft] as const];
        }),
      ),
    ),
);

/** Expressions match by group and kind, whatever the version. */
function groupKind(apiVersion: JsonValue | undefined, kind: JsonValue | undefined): string {
  const version = String(apiVersion);
  return `${version.includes('/') ? version.split('/')[0] : ''}/${kind}`;
}
