import { type Diagnostic, listWords } from '@fluxwright/diagnostics';
import { isObject, type JsonObject, type JsonPath, mapsIn } from '@fluxwright/documents';
import { groupOf, objectTitle } from '@fluxwright/kubernetes';
import type { ResolvedComponent } from '@fluxwright/model';
import { objectFinding } from '../data/object-finding.ts';
import type { Resource } from '../data/rendered-cluster.ts';
import type { CheckContext } from './check.ts';

/**
 * No HTTPRoute lets through a path that the service behind it keeps private (`provides.privatePaths`): administration, metrics. A
 * rule of the same route that matches the path more closely, and has no backend, takes it out.
 *
 * Source: Gateway API v1.6.1, apis/v1/httproute_types.go: a rule without matches takes every path, a prefix matches whole elements
 * of a path, an exact match goes before a prefix and a longer prefix before a shorter one, and a rule without backends and filters answers with an error.
 */
export function exposedPath({ rendered, applied }: CheckContext): readonly Diagnostic[] {
  const guarded = rendered.cluster.components.flatMap(guardedServices);
  if (guarded.length === 0) return [];
  return applied
    .filter(({ apiVersion, kind }) => kind === 'HTTPRoute' && groupOf(apiVersion) === 'gateway.networking.k8s.io')
    .flatMap((route) => exposures(route, guarded));
}

interface GuardedService {
  readonly key: string;
  readonly paths: readonly string[];
  readonly because: string;
  readonly of: ResolvedComponent;
  readonly at: JsonPath;
}

function guardedServices(of: ResolvedComponent): readonly GuardedService[] {
  const { namespace, provides } = of.component.spec;
  return (provides?.privatePaths ?? []).map(({ service, paths, because }, index) => ({
    key: `${namespace}/${service}`,
    paths,
    because,
    of,
    at: ['spec', 'provides', 'privatePaths', index],
  }));
}

/** A backend of a rule, and the paths that lead there. */
interface Way {
  readonly key: string;
  readonly at: JsonPath;
  readonly paths: readonly PathMatch[];
}

interface PathMatch {
  readonly type: string;
  readonly value: string;
  /** It asks for a method, a header or a query besides, so it takes only some requests of the path. */
  readonly narrowed: boolean;
}

function exposures(route: Resource, guarded: readonly GuardedService[]): readonly Diagnostic[] {
  const rules = mapsIn(isObject(route.object.spec) ? route.object.spec.rules : undefined);
  const shut = rules.filter((rule) => mapsIn(rule.backendRefs).length === 0).flatMap(matchesOf);
  const ways = rules.flatMap((rule, index) => waysOf(route, rule, index));
  return ways.flatMap((way) =>
    guarded
      .filter(({ key }) => key === way.key)
      .flatMap(({ paths, because, of, at }) => {
        const open = paths.filter((path) => way.paths.some((match) => leadsTo(match, path, shut)));
        if (open.length === 0) return [];
        return [
          objectFinding('validate/exposed-path', route, {
            at: way.at,
            message: `${objectTitle(route)} exposes ${listWords(open, 'and')} of Service ${way.key}`,
            note: because,
            labels: [{ span: of.component.manifest.locate(at), message: 'private by this line' }],
            help: `put a rule before it that matches PathPrefix ${open[0]} and has no backendRefs, or match other paths only`,
          }),
        ];
      }),
  );
}

function waysOf({ namespace = '' }: Resource, rule: JsonObject, index: number): readonly Way[] {
  return mapsIn(rule.backendRefs).flatMap((backend, position) => {
    if (typeof backend.name !== 'string' || (backend.kind ?? 'Service') !== 'Service') return [];
    const place = typeof backend.namespace === 'string' ? backend.namespace : namespace;
    const at = ['spec', 'rules', index, 'backendRefs', position, 'name'];
    return [{ key: `${place}/${backend.name}`, at, paths: matchesOf(rule) }];
  });
}

/** The paths of a rule; `/` where it names none. */
function matchesOf(rule: JsonObject): readonly PathMatch[] {
  const matches = mapsIn(rule.matches);
  if (matches.length === 0) return [{ type: 'PathPrefix', value: '/', narrowed: false }];
  return matches.map(({ path, ...others }) => {
    const { type, value } = isObject(path) ? path : {};
    return {
      type: typeof type === 'string' ? type : 'PathPrefix',
      value: typeof value === 'string' ? value : '/',
      narrowed: Object.values(others).some((each) => each !== null && (!Array.isArray(each) || each.length > 0)),
    };
  });
}

/** True where a request for `path`, or for something below it, can take the way. */
function leadsTo({ type, value }: PathMatch, path: string, shut: readonly PathMatch[]): boolean {
  if (type === 'Exact')
    return isBelow(value, path) && !shut.some((other) => other.type === 'Exact' && shuts(other, value));
  const prefixes = shut.filter((other) => other.type === 'PathPrefix');
  // What an expression matches cannot be told; it never goes before what shuts the path itself.
  if (type !== 'PathPrefix') return !prefixes.some((other) => shuts(other, path));
  // The longest prefix wins, so one that goes further than what shuts the path opens it again.
  if (isBelow(value, path)) return !prefixes.some((other) => shuts(other, value) && isBelow(other.value, value));
  return isBelow(path, value) && !prefixes.some((other) => shuts(other, path) && other.value.length > value.length);
}

function shuts({ value, narrowed }: PathMatch, path: string): boolean {
  return !narrowed && isBelow(path, value);
}

/** `/a` and `/a/b` are below `/a` and below `/`; `/ab` is not below `/a`. */
function isBelow(path: string, prefix: string): boolean {
  const [own, of] = [path, prefix].map((each) => each.replace(/\/+$/, ''));
  return own === of || `${own}/`.startsWith(`${of}/`);
}
