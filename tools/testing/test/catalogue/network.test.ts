import path from 'node:path';
import { openLine } from '@fluxwright/compiler';
import { isObject, type JsonObject, mapsIn } from '@fluxwright/documents';
import { resolveCluster } from '@fluxwright/model';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Resource } from '../../../compiler/src/data/rendered-cluster.ts';
import { blockedFlows } from '../../../compiler/src/network/blocked-flows.ts';
import { type NetworkMode, networkPlan } from '../../../compiler/src/network/closed-namespaces.ts';
import { clusterFlows } from '../../../compiler/src/network/cluster-flows.ts';
import { type Flow, type FlowParty, isPods, partyText } from '../../../compiler/src/network/flow.ts';
import { networkFacts } from '../../../compiler/src/network/network-facts.ts';
import { writtenObjects } from '../../../compiler/src/network/network-objects.ts';
import { networkPolicies } from '../../../compiler/src/network/network-policies.ts';
import { type Connection, type Endpoint, policySet, verdictOf } from '../../../compiler/src/network/verdict.ts';
import { planCluster } from '../../../compiler/src/plan/plan-cluster.ts';
import type { PlacedStages } from '../../../compiler/src/render/place-stages.ts';
import { renderCluster } from '../../../compiler/src/render/render-cluster.ts';

// Network policies of a sample cluster in each mode: what its graph shows is let through, what nobody asked for is not.

const root = path.resolve(import.meta.dirname, '../../../..');
const modes: readonly NetworkMode[] = ['audit', 'enforce'];

const openbao = { 'app.kubernetes.io/name': 'openbao', component: 'server' };

/** Calls that no component asks for, each kept out by a policy of the namespace of one end. */
const unwanted: readonly { readonly name: string; readonly connection: Connection }[] = [
  {
    name: 'the internet to the servers of buckets, whose metrics ask nobody',
    connection: call({ entity: 'world' }, pods('minio', { app: 'minio', release: 'minio' }), 9000),
  },
  {
    name: 'a tenant to the servers of the secret store among each other',
    connection: call(pods('team-a'), pods('openbao', openbao), 8201),
  },
  { name: 'a tenant to the secret store', connection: call(pods('team-a'), pods('openbao', openbao), 8200) },
  {
    name: 'the registry to the database of the forge',
    connection: call(pods('harbor', { app: 'harbor' }), pods('gitea', { 'cnpg.io/cluster': 'gitea-db' }), 5432),
  },
  {
    name: 'the internet to the database of the registry',
    connection: call({ entity: 'world' }, pods('harbor', { 'cnpg.io/cluster': 'harbor-db' }), 5432),
  },
  { name: 'the gateway to the secret store', connection: call({ entity: 'gateway' }, pods('openbao', openbao), 8200) },
  {
    name: 'a tenant to the cache of the registry',
    connection: call(pods('team-a'), pods('valkey', { 'app.kubernetes.io/name': 'valkey' }), 6379),
  },
  { name: 'the dashboards to the buckets', connection: call(pods('grafana'), pods('minio', { app: 'minio' }), 9000) },
  { name: 'the logs to the secret store', connection: call(pods('loki'), pods('openbao', openbao), 8200) },
  { name: 'the servers of buckets to the internet', connection: call(pods('minio'), { entity: 'world' }, 443) },
  { name: 'the metrics to the API server', connection: call(pods('mimir'), { entity: 'api-server' }, 6443) },
  {
    name: 'the operator of databases to the internet',
    connection: call(pods('cnpg-system'), { entity: 'world' }, 443),
  },
];

interface Trial {
  readonly policies: readonly Resource[];
  /** Flows that are blocked; with a namespace those of it alone. */
  readonly blocked: (policies: readonly Resource[], namespace?: string) => readonly Flow[];
}

let flows: readonly Flow[];
const trials = new Map<NetworkMode, Trial>();
const closed: string[] = [];
const line = openLine({ root, clusters: ['hetzner-fsn1'] });

beforeAll(async () => {
  const { workspace, context } = line;
  const { value: cluster } = resolveCluster(workspace, 'hetzner-fsn1');
  if (cluster === undefined) throw new Error('the sample cluster does not resolve');
  const { value: placed } = await renderCluster(cluster, planCluster(cluster).value, context);
  const objects = writtenObjects(placed);
  flows = clusterFlows(cluster, objects);
  const ground = { facts: networkFacts(objects), namespaceLabels: () => ({}) };
  for (const mode of modes) {
    const inMode = { ...cluster, spec: { ...cluster.spec, policies: { ...cluster.spec.policies, network: mode } } };
    const { value, diagnostics } = networkPolicies(
      { ...placed, cluster: inMode } satisfies PlacedStages,
      context.cache,
    );
    expect(diagnostics).toEqual([]);
    const policies = value.resources.filter(({ kind }) => kind === 'CiliumNetworkPolicy');
    const own = flows.filter(isOfClosed);
    trials.set(mode, {
      policies,
      blocked: (each, namespace) =>
        blockedFlows(
          own.filter(({ from, to }) => namespace === undefined || [from, to].some((party) => isOf(party, namespace))),
          { ...ground, resources: each },
        ).map(({ flow }) => flow),
    });
    closed.splice(0, closed.length, ...(networkPlan(inMode)?.closed.map(({ namespace }) => namespace) ?? []));
  }
}, 600_000);
afterAll(() => line[Symbol.dispose]());

function isOf(party: FlowParty, namespace: string): boolean {
  return isPods(party) && party.namespace === namespace;
}

function isOfClosed({ from, to }: Flow): boolean {
  return [from, to].some((party: FlowParty) => isPods(party) && closed.includes(party.namespace));
}

describe.each(modes)('in mode %s', (mode) => {
  test('each closed namespace has one policy, and every flow of it is let through', () => {
    const { policies, blocked } = trials.get(mode) as Trial;
    expect(policies.map(({ namespace }) => namespace).sort()).toEqual([...closed].sort());
    expect(closed.length).toBeGreaterThan(10);
    expect(blocked(policies).map(textOf)).toEqual([]);
  });

  test.each(unwanted)('$name', ({ connection }) => {
    const { policies } = trials.get(mode) as Trial;
    expect(verdictOf(policySet(policies), connection).isAllowed).toBe(mode === 'audit');
    expect(verdictOf(policySet(policies, { asEnforced: true }), connection).isAllowed).toBe(false);
  });
});

test('where it is enforced, only the requests that whoever is called takes are let through', () => {
  const { policies } = trials.get('enforce') as Trial;
  const lets = (method: string, path: string) =>
    verdictOf(policySet(policies), {
      from: pods('falco', { 'app.kubernetes.io/name': 'falco', 'app.kubernetes.io/instance': 'falco' }),
      to: pods('falcosidekick', {
        'app.kubernetes.io/component': 'core',
        'app.kubernetes.io/instance': 'falcosidekick',
        'app.kubernetes.io/name': 'falcosidekick',
      }),
      port: { port: 2801, protocol: 'TCP', http: [{ method, path }] },
    }).isAllowed;
  expect(lets('POST', '/')).toBe(true);
  expect(lets('POST', '/test')).toBe(false);
  expect(lets('GET', '/')).toBe(false);
});

test('a rule that is taken away keeps a flow out', () => {
  const { policies, blocked } = trials.get('enforce') as Trial;
  const idle = policies.flatMap((policy) =>
    placesOf(policy)
      .filter((place) => !isWithinCluster(policy, place))
      .filter(
        (place) =>
          blocked(
            policies.map((each) => (each === policy ? changed(policy, place) : each)),
            policy.namespace,
          ).length === 0,
      )
      .map((place) => `${policy.name} ${JSON.stringify(entryAt(policy, place))}`),
  );
  expect(idle).toEqual([]);
});

test.each(unwanted)('rules that let all in and out are found out: $name', ({ connection }) => {
  const { policies } = trials.get('enforce') as Trial;
  const { policies: refusing } = verdictOf(policySet(policies), connection);
  expect(refusing.length).toBeGreaterThan(0);
  const widened = policies.map((policy) => placesOf(policy).reduce((each, place) => changed(each, place, {}), policy));
  expect(verdictOf(policySet(widened), connection).isAllowed).toBe(true);
});

interface Place {
  readonly spec: number;
  readonly side: 'ingress' | 'egress';
  readonly entry: number;
}

/** The entries of a policy, but those for a pod's own node, which Cilium never keeps out. */
function placesOf(policy: Resource): readonly Place[] {
  return mapsIn(policy.object.specs).flatMap((rule, spec) =>
    (['ingress', 'egress'] as const).flatMap((side) =>
      mapsIn(rule[side]).flatMap((each, entry) =>
        JSON.stringify(each) === '{"fromEntities":["host"]}' ? [] : [{ spec, side, entry }],
      ),
    ),
  );
}

/** Where a direction lets through all that is inside of the cluster, its other rules for pods have nothing left to do. */
function isWithinCluster(policy: Resource, place: Place): boolean {
  const all = mapsIn(mapsIn(policy.object.specs)[place.spec]?.[place.side]).map((each) => JSON.stringify(each));
  return (
    all.some((each) => each.includes('"cluster"')) && !JSON.stringify(entryAt(policy, place)).includes('"cluster"')
  );
}

function entryAt(policy: Resource, { spec, side, entry }: Place): JsonObject | undefined {
  return mapsIn(mapsIn(policy.object.specs)[spec]?.[side])[entry];
}

/** The policy with another entry, or without. */
function changed(policy: Resource, { spec, side, entry }: Place, other?: JsonObject): Resource {
  const specs = mapsIn(policy.object.specs).map((rule, at) => {
    if (at !== spec || !isObject(rule)) return rule;
    const kept = mapsIn(rule[side]).flatMap((each, index) =>
      index !== entry ? [each] : other === undefined ? [] : [other],
    );
    return { ...rule, [side]: kept };
  });
  return { ...policy, object: { ...policy.object, specs } };
}

function textOf({ from, to, reason }: Flow): string {
  return `${partyText(from)} to ${partyText(to)}: ${reason.text}`;
}

function pods(namespace: string, labels: Readonly<Record<string, string>> = {}): Endpoint {
  return { namespace, labels };
}

function call(from: Endpoint, to: Endpoint, port: number): Connection {
  return { from, to, port: { port, protocol: 'TCP' } };
}
