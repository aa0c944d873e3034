import type { Span } from '@fluxwright/diagnostics';
import { isObject, type JsonObject, type JsonPath, type JsonValue, memo } from '@fluxwright/documents';
import {
  type Component,
  type ResolvedCluster,
  type ResolvedComponent,
  type ResolvedRequest,
  requestDefaults,
  secretKeys,
} from '@fluxwright/model';
import { type EvaluatedTree, evaluateTree, originsIn } from './evaluate-tree.ts';
import { layersOf } from './layers-of.ts';
import { ownContext } from './own-context.ts';
import { ownView } from './own-view.ts';
import { halfOf, type PairView, toldBy, withPair } from './pair-root.ts';
import { itemRoot, serviceShapes } from './service-shapes.ts';
import type { TemplateContext } from './template-context.ts';
import type { TextView } from './text-in-context.ts';

/** A request with what it asks for and what its consumer is told, both as values. */
export interface BoundService {
  readonly request: ResolvedRequest;
  readonly consumer: ResolvedComponent;
  readonly provider: ResolvedComponent;
  /** Whose manifest asks: the consumer, or the provider of what the request is needed for. */
  readonly asker: ResolvedComponent;
  /** `with` of the request, without the defaults of the contract. */
  readonly asked: EvaluatedTree;
  /** What the consumer is told; keys that could not be had are absent. */
  readonly told: EvaluatedTree;
  /** What this half of a pair tells the other, and what it is told. */
  readonly pair?: BoundPair;
  /** What the consumer's templates see: the value of `told`. */
  readonly outputs: JsonObject;
  /** What the provider's template of the kind sees. */
  readonly context: TemplateContext;
  /** Lines that decided what is told at a path: layers of values, and the line of the provider's manifest that says it. */
  toldBy(path: JsonPath): readonly Span[];
  /** Lines that decided the `request` at a path of it: layers of values, or the line of the request. */
  originsOf(path: JsonPath): readonly Span[];
}

/** A service that is copied between the clusters of a pair. */
export interface BoundPair {
  readonly own: EvaluatedTree;
  readonly peer: EvaluatedTree;
  /** The same service in the other cluster. */
  readonly other: BoundService;
}

/** The services of a cluster by key of their request, sorted. */
export type BoundServices = ReadonlyMap<string, BoundService>;

/**
 * Evaluates what the components of a cluster ask for and are told (docs/decisions/0065). What is wrong with it is said once,
 * at the start of the plan: {@link serviceFindings}.
 */
export const boundServices: (cluster: ResolvedCluster) => BoundServices = memo((cluster) => {
  const requests = new Map(cluster.services.map((each) => [each.key, each]));
  const components = new Map([...cluster.components, ...cluster.standbys].map((each) => [each.component.name, each]));
  const done = new Map<string, BoundService>();
  const serviceOf = (key: string | undefined): BoundService | undefined => {
    const request = requests.get(key ?? '');
    const known = done.get(key ?? '');
    if (known !== undefined || request === undefined) return known;
    const consumer = components.get(request.consumer);
    const provider = components.get(request.provider.component);
    if (consumer === undefined || provider === undefined) return undefined;
    const parts = { cluster, request, consumer, provider };
    const bound = bindService(parts, serviceOf(request.parent), serviceOf(request.said.of));
    done.set(request.key, bound);
    return bound;
  };
  return new Map(
    cluster.services.flatMap(({ key }) => {
      const bound = serviceOf(key);
      return bound === undefined ? [] : [[key, bound] as const];
    }),
  );
});

/** The requests for a kind that a component makes in a cluster. */
export function servicesOf(cluster: ResolvedCluster, provider: Component, kind: string): readonly BoundService[] {
  return [...boundServices(cluster).values()].filter(
    ({ request }) => request.kind === kind && request.provider.component === provider.name,
  );
}

/** What a text of a provider's manifest sees for one request: `context` is what the service's template sees, or a part of it. */
export function requestView(
  cluster: ResolvedCluster,
  { provider, context, originsOf }: Pick<BoundService, 'provider' | 'context' | 'originsOf'>,
): TextView {
  return {
    component: provider.component,
    context,
    originsOf: (path) =>
      path[0] === 'request' ? originsOf(path.slice(1)) : layersOf(path, { cluster, resolved: provider }),
  };
}

interface Parts {
  readonly cluster: ResolvedCluster;
  readonly request: ResolvedRequest;
  readonly consumer: ResolvedComponent;
  readonly provider: ResolvedComponent;
}

function bindService(parts: Parts, parent: BoundService | undefined, owner: BoundService | undefined): BoundService {
  const { cluster, request, consumer, provider } = parts;
  const { component } = provider;
  const { said, contract, service, span } = request;
  // What a request needs in its turn is asked by the provider of that request, in its words.
  const asker = parent?.provider ?? consumer;
  const asked = evaluateTree((said.with ?? {}) as JsonObject, {
    view: askerView(parts, asker, parent),
    path: [...request.path, 'with'],
  });
  const wanted = { ...requestDefaults(contract), ...asked.value };
  const originsOf = (at: JsonPath): readonly Span[] =>
    at[0] === 'with' ? askedAt(at.slice(1), { request, asked, asker }) : [span];
  const base = contextOf(parts, {
    name: request.name,
    object: request.object,
    with: wanted,
    secret: Object.fromEntries(secretKeys(contract).map((key) => [key, said.secret?.[key] ?? key])),
    of:
      owner === undefined
        ? null
        : { object: owner.request.object, with: withOf(owner), consumer: identityOf(owner.consumer) },
    // What is copied is kept as what is saved.
    protect: said.protect === 'none' ? 'none' : 'backup',
  });
  const paired = pairOf(parts, base, originsOf);
  const context = paired?.context ?? base;
  const path: JsonPath = [...service.path, 'outputs'];
  const told = evaluateTree(service.said.outputs as JsonObject, {
    view: requestView(cluster, { provider, context, originsOf }),
    path,
  });
  return {
    request,
    consumer,
    provider,
    asker,
    asked,
    told,
    outputs: told.value,
    ...(paired && { pair: paired.bound }),
    context,
    toldBy: (at) => originsIn(told, at) ?? [component.manifest.locate([...path, ...at])],
    originsOf,
  };
}

type Asked = Pick<BoundService, 'request' | 'provider' | 'context' | 'originsOf'>;

/** What both halves of a service tell each other, and the context with it. */
function pairOf(
  { cluster, request, provider }: Parts,
  base: TemplateContext,
  originsOf: BoundService['originsOf'],
): { readonly bound: BoundPair; readonly context: TemplateContext } | undefined {
  const { pair, key, service } = request;
  const half = cluster.peer?.half;
  const other = half && boundServices(half).get(key);
  const theirs = other?.request.pair;
  const said = service.said.pair;
  if (pair === undefined || said === undefined || half === undefined || other === undefined || theirs === undefined)
    return undefined;
  const { strategy, way, token } = pair;
  const facts = { key, strategy, way };
  const own = halfOf(pair, {});
  const peer = halfOf(theirs, {});
  const tell = (in_: ResolvedCluster, by: Asked, view: PairView): EvaluatedTree =>
    evaluateTree(toldBy(said), {
      view: requestView(in_, { ...by, context: withPair(by.context, said, view) }),
      path: [...by.request.service.path, 'pair'],
    });
  const ownView: PairView = { ...facts, own, peer: { ...peer, name: half.name } };
  const told = tell(cluster, { request, provider, context: base, originsOf }, ownView);
  const heard = tell(half, other, { ...facts, own: peer, peer: { ...own, name: cluster.name } });
  const view: PairView = {
    ...facts,
    own: halfOf(pair, told.value),
    peer: { ...halfOf(theirs, heard.value), name: half.name },
    ...(token !== undefined && { token }),
  };
  return { bound: { own: told, peer: heard, other }, context: withPair(base, said, view) };
}

/** What the texts of a request see: what their manifest sees elsewhere, and the item that the request is for. */
function askerView(
  { cluster, request: { item, said } }: Parts,
  asker: ResolvedComponent,
  parent: BoundService | undefined,
): TextView {
  const base = parent === undefined ? ownView(cluster, asker) : requestView(cluster, parent);
  if (item === undefined || said.forEach === undefined) return base;
  const root = { ...itemRoot(asker.component, said.forEach), value: item.value };
  return {
    component: base.component,
    context: { ...base.context, roots: { ...base.context.roots, item: root } },
    originsOf: (path) => (path[0] === 'item' ? item.origins : base.originsOf(path)),
  };
}

/** The lines that decided what is asked for at a path of `with`: of what is not said the contract. */
function askedAt(
  at: JsonPath,
  { request, asked, asker }: Pick<BoundService, 'request' | 'asked' | 'asker'>,
): readonly Span[] {
  const found = originsIn(asked, at);
  if (found !== undefined) return found;
  const [key] = at;
  return key !== undefined && !Object.hasOwn(asked.value, key)
    ? [request.contract.request.locate(['properties', key, 'default'])]
    : [asker.component.manifest.locate([...request.path, 'with', ...at])];
}

function contextOf({ cluster, request, consumer, provider }: Parts, value: JsonObject): TemplateContext {
  const own = ownContext(cluster, provider);
  const shapes = serviceShapes(provider.component, request.kind);
  return {
    ...own,
    roots: {
      ...own.roots,
      ...(shapes.pair && { pair: { ...shapes.pair, value: null } }),
      ...(shapes.request && { request: { ...shapes.request, value } }),
      ...(shapes.consumer && { consumer: { ...shapes.consumer, value: identityOf(consumer) } }),
    },
  };
}

/** `with` of a request, with the defaults of its contract. */
export function withOf({ context }: BoundService): JsonValue {
  const request = context.roots.request?.value;
  return isObject(request) ? (request.with ?? null) : null;
}

/** What the provider's templates see of a consumer. */
function identityOf({ component: { name, spec } }: ResolvedComponent): JsonObject {
  const privatePaths = (spec.provides?.privatePaths ?? []).map(({ service, paths }) => ({ service, paths }));
  return { name, namespace: spec.namespace, title: spec.title, privatePaths };
}
