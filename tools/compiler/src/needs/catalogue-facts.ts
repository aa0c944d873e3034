import type { Diagnostic, Span } from '@fluxwright/diagnostics';
import type { JsonPath } from '@fluxwright/documents';
import { memo } from '@fluxwright/documents';
import type { KindRelations } from '@fluxwright/kubernetes';
import { definitionGroup, kubernetesRelations, type ObjectId, objectKey } from '@fluxwright/kubernetes';
import {
  type NamedObject,
  providedDefinitions,
  type ResolvedCluster,
  type ResolvedComponent,
  requiredApis,
  requiredObjects,
  type StageId,
  type StageName,
} from '@fluxwright/model';
import { type ClusterKinds, clusterKinds } from '../facts/cluster-kinds.ts';
import { givenNamespaces } from '../plan/namespace-owners.ts';
import { definition } from './definition.ts';
import { fluxRelations } from './flux-relations.ts';
import { namedObject } from './named-object.ts';
import type { Need } from './need.ts';
import { pairGifts, pairPromises } from './pair-promises.ts';
import type { Provision } from './provision.ts';
import { servicePromises } from './service-promises.ts';

/** Who refuses objects of a kind while it is not running. */
export interface Guard {
  readonly group: string;
  /** Absent: all kinds of the group. */
  readonly kinds?: readonly string[];
  readonly provision: Provision;
}

/** What the components of a cluster declare, as far as order goes. */
export interface CatalogueFacts {
  readonly relations: ReadonlyMap<string, KindRelations>;
  /** By component: what the values of its chart refer to, and what its chart makes of them. */
  readonly chartValues: ReadonlyMap<string, KindRelations>;
  readonly provisions: readonly Provision[];
  /** Those of `provisions` that must show in the manifests or the chart of their component. */
  readonly declared: readonly Provision[];
  readonly needs: readonly Need[];
  readonly guards: readonly Guard[];
  readonly kinds: ClusterKinds;
  /** What is wrong with the names in them: such a thing is in none of the lists. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads the facts out of every component.yaml of a cluster. */
export const catalogueFacts = memo((cluster: ResolvedCluster): CatalogueFacts => {
  const diagnostics: Diagnostic[] = [];
  const named: Named = (resolved, object, path) => {
    const { value, diagnostics: found } = namedObject(cluster, resolved, { object, path });
    diagnostics.push(...found);
    return value === undefined ? [] : [value];
  };
  const provided = cluster.components.map((each) => provisionsOf(each, named));
  return {
    relations: relationsOf(cluster),
    chartValues: new Map(
      cluster.components.flatMap(({ component: { name, spec } }): [string, KindRelations][] => {
        const { needs = [], makes = [] } = spec.helm ?? {};
        return needs.length + makes.length === 0 ? [] : [[name, { needs, makes }]];
      }),
    ),
    provisions: [
      ...provided.flatMap(({ shown, runtime, given }) => [...shown, ...runtime, ...given]),
      ...pairGifts(cluster),
    ],
    declared: provided.flatMap(({ shown }) => shown),
    needs: [
      ...cluster.components.flatMap((each) => [
        ...needsOf(each, named),
        ...apiNeeds(each, clusterKinds(cluster)),
        ...gateNeeds(each, cluster),
      ]),
      ...servicePromises(cluster),
      ...pairPromises(cluster),
    ],
    guards: cluster.components.flatMap(guardsOf),
    kinds: clusterKinds(cluster),
    diagnostics,
  };
});

/** The object that a component names at a path; [] where there is none in this cluster. */
type Named = (resolved: ResolvedComponent, object: NamedObject, path: JsonPath) => readonly ObjectId[];

function relationsOf({ components }: ResolvedCluster): ReadonlyMap<string, KindRelations> {
  const declared = components.flatMap(({ component }) => component.spec.provides?.kinds ?? []);
  return new Map([
    ...kubernetesRelations,
    ...fluxRelations,
    ...declared.map(({ group, kind, needs = [], makes = [], steers = [] }): [string, KindRelations] => [
      `${group}/${kind}`,
      { needs, makes, steers },
    ]),
  ]);
}

/** What a component provides: what its objects show, what its program makes when it runs, what it is given. */
interface Provided {
  readonly shown: readonly Provision[];
  readonly runtime: readonly Provision[];
  readonly given: readonly Provision[];
}

function provisionsOf(resolved: ResolvedComponent, named: Named): Provided {
  const { component } = resolved;
  const { crdsAtRuntime = false, objects = [] } = component.spec.provides ?? {};
  const definitions = providedDefinitions(component).map(({ name, path }) => ({
    id: { ...definition, name },
    stage: stageOf(resolved),
    declared: component.manifest.locate(path),
  }));
  const things = objects.flatMap((object, index) =>
    named(resolved, object, ['spec', 'provides', 'objects', index]).map((id) => ({
      atRuntime: object.atRuntime === true,
      provision: {
        id,
        stage: stageOf(resolved, object.stage),
        ...keysOf(object),
        declared: lineOf(resolved, ['provides', 'objects', index]),
      },
    })),
  );
  const given = (component.spec.given ?? []).flatMap((object, index) =>
    named(resolved, object, ['spec', 'given', index]).map((id) => ({
      id,
      ...keysOf(object),
      declared: lineOf(resolved, ['given', index]),
    })),
  );
  const those = (atRuntime: boolean) =>
    things.filter((each) => each.atRuntime === atRuntime).map(({ provision }) => provision);
  return {
    shown: [...(crdsAtRuntime ? [] : definitions), ...those(false)],
    runtime: [...(crdsAtRuntime ? definitions : []), ...those(true)],
    given,
  };
}

function needsOf(resolved: ResolvedComponent, named: Named): Need[] {
  return requiredObjects(resolved.component).flatMap(({ object, from, path }) =>
    named(resolved, object, path).map((id) => ({
      stage: stageOf(resolved, from),
      id,
      ...(object.keys === undefined ? {} : { keys: object.keys.map((text) => ({ text, path: [] })) }),
      at: path,
      declared: resolved.component.manifest.locate(path),
      atOnce: false,
      order: true,
      optional: false,
    })),
  );
}

/** A program that reads a kind waits for its definition, or gives up. */
function apiNeeds(resolved: ResolvedComponent, { definitionNames }: ClusterKinds): Need[] {
  return requiredApis(resolved.component).flatMap(({ api: { group, version, kind }, from, path }) => {
    const [name, ...otherNames] = definitionNames(`${group}/${version}`, kind);
    if (name === undefined) return [];
    return [
      {
        stage: stageOf(resolved, from),
        id: { ...definition, name },
        otherNames,
        at: path,
        declared: resolved.component.manifest.locate(path),
        atOnce: false,
        order: true,
        optional: false,
      },
    ];
  });
}

/**
 * Templates that ask which APIs there are (https://helm.sh/docs/chart_template_guide/builtin_objects/) are rendered once: a
 * definition that comes later makes no new release. So each definition of such a group comes before, where there is one.
 */
function gateNeeds(resolved: ResolvedComponent, { components }: ResolvedCluster): Need[] {
  return (resolved.component.spec.helm?.apiGroups ?? []).flatMap((group, index) =>
    components
      .filter((each) => each !== resolved)
      .flatMap(
        ({ component }) => providedDefinitions(component).find(({ name }) => definitionGroup(name) === group) ?? [],
      )
      .map(({ name }) => ({
        stage: stageOf(resolved),
        id: { ...definition, name },
        at: ['spec', 'helm', 'apiGroups', index],
        declared: lineOf(resolved, ['helm', 'apiGroups', index]),
        atOnce: false,
        order: true,
        optional: true,
      })),
  );
}

function guardsOf(resolved: ResolvedComponent): Guard[] {
  return (resolved.component.spec.provides?.webhooks ?? []).map(({ group, kinds }, index) => ({
    group,
    ...(kinds === undefined ? {} : { kinds }),
    provision: {
      id: { group, kind: 'admission webhook', name: resolved.component.name },
      stage: stageOf(resolved),
      declared: lineOf(resolved, ['provides', 'webhooks', index]),
    },
  }));
}

function keysOf({ keys }: NamedObject): { keys?: ReadonlySet<string> } {
  return keys === undefined ? {} : { keys: new Set(keys) };
}

function stageOf({ component, stages }: ResolvedComponent, stage: StageName = 'install'): StageId {
  return { component: component.name, stage: stages.includes(stage) ? stage : 'install' };
}

function lineOf({ component }: ResolvedComponent, path: JsonPath): Span {
  return component.manifest.locate(['spec', ...path]);
}

/** True for what every cluster has by itself, or with Flux. */
export function isInEveryCluster(id: ObjectId): boolean {
  return (
    always.has(objectKey(id)) ||
    (id.kind === 'ServiceAccount' && id.name === 'default') ||
    (id.kind === 'ConfigMap' && id.name === 'kube-root-ca.crt')
  );
}

const always = new Set([
  ...givenNamespaces.map((name) => objectKey({ group: '', kind: 'Namespace', name })),
  ...['system-cluster-critical', 'system-node-critical'].map((name) =>
    objectKey({ group: 'scheduling.k8s.io', kind: 'PriorityClass', name }),
  ),
]);
