import type { Span } from '@fluxwright/diagnostics';
import type { JsonPath, JsonValue } from '@fluxwright/documents';
import { by, byKey, isObject, valueAt } from '@fluxwright/documents';
import type { ServiceRequest } from '../generated/component.ts';
import { secretsOf, seesSecret } from '../load/secret-paths.ts';
import {
  neededServices,
  providedServices,
  type SaidRequest,
  serviceCapability,
  serviceRequests,
} from '../load/services.ts';
import type { Component } from '../load/workspace.ts';
import { checkNames, checkOwners } from './check-requests.ts';
import { type ComponentMembers, type Resolution, report } from './resolution.ts';
import type { MergedValues, RequestItem, ResolvedRequest, StageId } from './resolved-cluster.ts';

/** What binding works on. */
export interface Binding {
  readonly members: ComponentMembers;
  readonly values: ReadonlyMap<string, MergedValues>;
  readonly capabilities: ReadonlyMap<string, StageId>;
}

/**
 * The requests of a cluster's components with who provides each, and what each needs in its turn; sorted by key. An optional
 * one that nobody provides is left out; one that somebody must provide has its finding already.
 */
export function bindServices(resolution: Resolution, binding: Binding): readonly ResolvedRequest[] {
  const bound = [...binding.members]
    .sort(byKey)
    .flatMap(([consumer, { item }]) =>
      serviceRequests(item.spec).flatMap((said) =>
        bind(resolution, binding, { ...said, asker: item, consumer, kinds: [] }),
      ),
    );
  const requests = bound.sort(by(({ key }) => key));
  checkNames(resolution, requests);
  checkOwners(resolution, binding.members, requests);
  return requests;
}

interface Asked extends SaidRequest {
  /** Whose manifest says it: the consumer, or who provides what needs it. */
  readonly asker: Component;
  readonly consumer: string;
  readonly parent?: ResolvedRequest;
  /** Kinds that this one is needed for, the outermost first, with their lines. */
  readonly kinds: readonly { readonly kind: string; readonly span: Span }[];
}

function bind(resolution: Resolution, binding: Binding, asked: Asked): readonly ResolvedRequest[] {
  const { request, path, asker, consumer, parent, kinds } = asked;
  const { kind } = request;
  const span = asker.manifest.locate(path);
  const contract = asker.contracts.get(kind);
  const provider = binding.capabilities.get(serviceCapability(kind));
  const component = provider && binding.members.get(provider.component)?.item;
  const service = component && providedServices(component.spec).find(({ said }) => said.kind === kind);
  if (contract === undefined || provider === undefined || component === undefined || service === undefined) return [];
  const circle = kinds.findIndex((each) => each.kind === kind);
  if (circle >= 0) {
    reportCircle(resolution, [...kinds.slice(circle), { kind, span }]);
    return [];
  }
  const name = request.name ?? kind;
  const own = parent === undefined ? name : `${parent.name}-${name}`;
  return itemsOf(resolution, binding, asked).flatMap((item) => {
    const said = ofItem(resolution, asked, item);
    if (said === undefined) return [];
    const full = item === undefined ? own : `${own}-${item.name}`;
    const resolved: ResolvedRequest = {
      key: `${consumer}/${full}`,
      name: full,
      group: name,
      kind,
      stage: contract.phase === 'beside' || parent?.stage === 'attach' ? 'attach' : 'services',
      consumer,
      object: request.object ?? `${parent?.object ?? consumer}-${item === undefined ? name : `${name}-${item.name}`}`,
      said,
      asker: asker.name,
      path,
      span,
      provider,
      service,
      contract,
      ...(item === undefined ? {} : { item }),
      ...(parent === undefined ? {} : { parent: parent.key }),
    };
    checkLength(resolution, resolved, component);
    // Access to what another has needs nothing of its own.
    const inner = said.of === undefined ? neededServices(service) : [];
    return [
      resolved,
      ...inner.flatMap((each) =>
        bind(resolution, binding, {
          ...each,
          asker: component,
          consumer,
          parent: resolved,
          kinds: [...kinds, { kind, span }],
        }),
      ),
    ];
  });
}

/**
 * The request as it is for an item of `forEach`: whose service it has access to may stand in the item, so that the values of a
 * cluster say it. Undefined where they do not, which is reported.
 */
function ofItem(
  resolution: Resolution,
  { request, path, asker }: Asked,
  item: RequestItem | undefined,
): ServiceRequest | undefined {
  const key = request.of === undefined ? undefined : /^\{\{item\.(.*)\}\}$/.exec(request.of)?.[1];
  if (key === undefined) return request;
  const owner = item && isObject(item.value) ? item.value[key] : undefined;
  if (typeof owner === 'string' && /^[-a-z0-9]+\/[-a-z0-9]+$/.test(owner)) return { ...request, of: owner };
  const at = asker.manifest.locate([...path, 'of']);
  const origin = item?.origins[0];
  report(resolution, 'resolve/invalid-request', {
    message: `component "${asker.name}" wants access to a ${request.kind}, and nothing says whose`,
    primary: origin ?? at,
    note: item === undefined ? 'an item there is with forEach only' : `"${key}" of it names no service of a component`,
    ...(origin !== undefined && { labels: [{ span: at, message: 'it is asked for here' }] }),
    help: 'write the component and its name for the service, as in shop/db',
  });
  return undefined;
}

/** One for each name that `forEach` gives; undefined for a request without it. */
function itemsOf(
  resolution: Resolution,
  { values }: Binding,
  { request, path, asker }: Asked,
): readonly (RequestItem | undefined)[] {
  if (request.forEach === undefined) return [undefined];
  const merged = values.get(asker.name);
  const at = request.forEach.split('.').slice(1);
  const list = merged && valueAt(merged.value, at);
  if (list === undefined || list === null) return [];
  const refuse = (primary: Span, note: string): readonly RequestItem[] => {
    report(resolution, 'resolve/invalid-request', {
      message: `component "${asker.name}" asks for a ${request.kind} for each of ${request.forEach}, which are no names`,
      primary,
      note,
      labels: [{ span: asker.manifest.locate([...path, 'forEach']), message: 'they are asked for here' }],
      help: 'let it be a list of names, or of maps that each have a name: lower-case letters, digits and dashes',
    });
    return [];
  };
  const [origin = asker.manifest.locate([...path, 'forEach'])] = merged?.originsOf(at) ?? [];
  if (!Array.isArray(list)) return refuse(origin, 'this is no list');
  const seen = new Map<string, Span>();
  const secrets = merged === undefined ? [] : secretsOf(asker, merged.value);
  const isSecret = (path: JsonPath) =>
    secrets.some((secret) => seesSecret(secret, [path]) && secret.length <= path.length);
  return (list as readonly JsonValue[]).flatMap((value, index) => {
    const name = isObject(value) ? value.name : value;
    const place = [...at, index];
    const origins = merged?.originsOf(place) ?? [];
    const span = origins[0] ?? origin;
    if (typeof name !== 'string' || !/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(name))
      return refuse(span, typeof name === 'string' ? 'no name for objects of Kubernetes' : 'it has no name');
    if (isSecret(isObject(value) ? [...place, 'name'] : place))
      return refuse(span, 'it is declared secret, and names of objects are committed');
    if (seen.has(name)) return refuse(span, `"${name}" stands in the list twice`);
    seen.set(name, span);
    return [{ name, value, at: place, origins }];
  });
}

function checkLength(
  resolution: Resolution,
  { object, kind, span, consumer, service }: ResolvedRequest,
  provider: Component,
): void {
  const { nameLength = 63 } = service.said;
  if (object.length <= nameLength) return;
  report(resolution, 'resolve/invalid-request', {
    message: `component "${consumer}" asks for a ${kind} whose objects would be called "${object}"`,
    primary: span,
    note: `${object.length} characters`,
    labels: [
      {
        span: provider.manifest.locate([...service.path, 'nameLength']),
        message: `"${provider.name}" makes names of ${nameLength} at most`,
      },
    ],
    help: 'give the request a shorter name, or say the name of its objects in "object"',
  });
}

function reportCircle(resolution: Resolution, circle: readonly { readonly kind: string; readonly span: Span }[]): void {
  const [last, ...before] = circle.toReversed();
  if (last === undefined) return;
  report(resolution, 'resolve/cycle', {
    message: `services need each other in a circle: ${circle.map(({ kind }) => kind).join(' → ')}`,
    primary: last.span,
    note: `a ${last.kind} again`,
    labels: before.toReversed().map(({ kind, span }) => ({ span, message: `needs a ${kind}` })),
    help: 'give one of them by hand: what makes it cannot ask for what it is needed for',
  });
}
