import { diagnostic, listWords, type Span } from '@fluxwright/diagnostics';
import { isObject, type JsonObject, valueAt } from '@fluxwright/documents';
import { type FluxTree, namesOf, placeOf, type TreeObject } from '@fluxwright/flux';
import { objectKey } from '@fluxwright/kubernetes';
import type { Component, LockedSource, ResolvedCluster } from '@fluxwright/model';
import type { Engines } from '../engines/engines.ts';
import { sourceDefinitions } from '../facts/source-definitions.ts';
import type { TreePair } from '../pair/tree-pair.ts';
import type { SeenChange } from './seen-change.ts';

/**
 * Each CustomResourceDefinition that is in both trees, in the charts of both, or in a source at both commits, and no longer has the
 * version that objects are stored in: the API server refuses it (k8s.io/apiextensions-apiserver, pkg/apis/apiextensions/validation,
 * ValidateCustomResourceDefinitionStoredVersions). Objects may be stored in older ones as well, which only the cluster knows.
 */
export function droppedVersions(pair: TreePair, cluster: ResolvedCluster, engines: Engines): readonly SeenChange[] {
  const before = definitionsIn(pair.before, cluster, engines);
  const after = definitionsIn(pair.after, cluster, engines);
  return [...before].flatMap(([name, old]) => {
    const now = after.get(name);
    if (now === undefined) return [];
    const [versions, left] = [versionsOf(old.object), versionsOf(now.object)];
    const stored = versions.find(({ storage }) => storage);
    if (stored === undefined || left.length === 0 || left.some((each) => each.name === stored.name)) return [];
    return [
      droppedVersion(
        { old, now, component: componentOf(now, cluster) },
        { cluster: cluster.name, stored: stored.name, left: left.map((each) => each.name) },
      ),
    ];
  });
}

interface TwoDefinitions {
  readonly old: TreeObject;
  readonly now: TreeObject;
  /** Who brings it now. */
  readonly component: Component | undefined;
}

function droppedVersion(
  { old, now, component }: TwoDefinitions,
  { cluster, stored, left }: { readonly cluster: string; readonly stored: string; readonly left: readonly string[] },
): SeenChange {
  const advice = `first take a release that has both versions, and write each object of the kind anew (kube-storage-version-migrator), then take ${stored} out of status.storedVersions`;
  return {
    draft: {
      kind: 'dropped-version',
      object: old,
      now,
      effect: 'refused',
      because: `objects are stored in its version ${stored}, which it no longer has`,
      advice,
    },
    finding: diagnostic('change/dropped-version', {
      message: `${old.name} no longer has the version ${stored}, in which its objects are stored`,
      primary: component === undefined ? placeOf(old, ['spec']) : versionLine(component),
      note: `it has ${listWords(left, 'and')}: the API server refuses the definition`,
      help: `${advice}; where that is done, add "${namesOf(old)[0]}" to spec.acknowledge of the cluster`,
      cluster,
    }),
  };
}

function componentOf({ path }: TreeObject, { components }: ResolvedCluster): Component | undefined {
  const [top, name] = path.split('/');
  return top === 'components' ? components.find(({ component }) => component.name === name)?.component : undefined;
}

/** The line that says which release a component takes. */
function versionLine({ manifest, spec }: Component): Span {
  if (spec.helm !== undefined) return manifest.locate(['spec', 'helm', 'version']);
  return manifest.locate(['spec', ...(spec.source === undefined ? ['title'] : ['source', 'ref'])]);
}

/** By name. Those of the tree first, then those of its releases, then those of its sources. */
function definitionsIn(tree: FluxTree, cluster: ResolvedCluster, engines: Engines): ReadonlyMap<string, TreeObject> {
  const found = new Map<string, TreeObject>();
  const all = [
    ...tree.objects,
    ...[...(tree.releases?.values() ?? [])].flat(),
    ...cluster.components.flatMap(({ component: { name, spec } }) =>
      spec.source === undefined
        ? []
        : sourceObjects(tree, engines, { name, namespace: spec.namespace, path: spec.source.path }),
    ),
  ];
  for (const each of all) {
    if (each.kind === 'CustomResourceDefinition' && !found.has(each.name)) found.set(each.name, each);
  }
  return found;
}

/** The definitions of a source at hand, at the commit that a tree names. */
function sourceObjects(
  { byKey }: FluxTree,
  { charts }: Engines,
  { name, namespace, path }: { readonly name: string; readonly namespace: string; readonly path: string },
): readonly TreeObject[] {
  const source = byKey.get(objectKey({ group: 'source.toolkit.fluxcd.io', kind: 'GitRepository', namespace, name }));
  const [git, tag, commit] = ['url', 'ref.tag', 'ref.commit'].map((each) =>
    source === undefined ? undefined : valueAt(source.object, ['spec', ...each.split('.')]),
  );
  const ref = typeof commit === 'string' ? { commit } : typeof tag === 'string' ? { tag } : undefined;
  if (source === undefined || typeof git !== 'string' || ref === undefined) return [];
  const folder = charts.source({ git, ref: ref as LockedSource['ref'] });
  if (folder === undefined) return [];
  return [...sourceDefinitions(folder, path).values()].flatMap((each): TreeObject[] => {
    const object = each.object();
    if (object === undefined) return [];
    return [
      {
        apiVersion: 'apiextensions.k8s.io/v1',
        group: 'apiextensions.k8s.io',
        kind: 'CustomResourceDefinition',
        name: each.name,
        object: object as JsonObject,
        path: source.path,
        locate: () => [placeOf(source, ['spec', 'ref'])],
      },
    ];
  });
}

function versionsOf(object: JsonObject): readonly { readonly name: string; readonly storage: boolean }[] {
  const versions = valueAt(object, ['spec', 'versions']);
  return (Array.isArray(versions) ? versions : [])
    .filter(isObject)
    .map(({ name, storage }) => ({ name: String(name), storage: storage === true }));
}
