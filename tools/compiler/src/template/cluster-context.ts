import type { JsonObject, JsonValue } from '@fluxwright/documents';
import { memo } from '@fluxwright/documents';
import type { ResolvedCluster, ResolvedComponent, ServiceRequest } from '@fluxwright/model';
import { type BoundService, boundServices } from './bound-services.ts';
import { shapesOf } from './component-template.ts';
import { layersOf } from './layers-of.ts';
import { ownContext } from './own-context.ts';
import { serviceShapes } from './service-shapes.ts';
import type { TemplateContext } from './template-context.ts';
import type { TextView } from './text-in-context.ts';

/** What the templates of a component see in a cluster. */
export function templateContext(cluster: ResolvedCluster, resolved: ResolvedComponent): TemplateContext {
  const own = ownContext(cluster, resolved);
  const { component } = resolved;
  const { service, requests } = shapesOf(component);
  if (service === undefined && requests === undefined) return own;
  const bound = byConsumer(cluster);
  const asked = component.spec.requires?.services ?? [];
  const taken = (bound.get(component.name) ?? []).filter(({ request }) => request.parent === undefined);
  const kinds = (component.spec.provides?.services ?? []).filter(({ list }) => list === true).map(({ kind }) => kind);
  return {
    ...own,
    roots: {
      ...own.roots,
      ...(service && { service: { ...service, value: outputsOf(asked, taken) } }),
      ...(requests && {
        requests: {
          ...requests,
          value: Object.fromEntries(kinds.map((kind) => [kind, requestsOf(cluster, kind, component.name)])),
        },
      }),
    },
  };
}

/** What the template of a service sees for one request: its own services are those that the request needs in its turn. */
export function serviceContext(
  cluster: ResolvedCluster,
  { context, request, provider }: BoundService,
): TemplateContext {
  const { service } = serviceShapes(provider.component, request.kind);
  if (service === undefined) return context;
  const inner = provider.component.spec.provides?.services?.[request.service]?.requires?.services ?? [];
  const taken = (byConsumer(cluster).get(request.consumer) ?? []).filter((each) => each.request.parent === request.key);
  return { ...context, roots: { ...context.roots, service: { ...service, value: outputsOf(inner, taken) } } };
}

/** What a text of a provider's manifest sees for one request. */
export function serviceView(cluster: ResolvedCluster, bound: BoundService): TextView {
  return {
    component: bound.provider.component,
    context: serviceContext(cluster, bound),
    originsOf: (path) =>
      path[0] === 'request' ? bound.originsOf(path.slice(1)) : layersOf(path, { cluster, resolved: bound.provider }),
  };
}

/** The services of each component of a cluster. */
export const byConsumer = memo((cluster: ResolvedCluster) =>
  Map.groupBy(boundServices(cluster).value.values(), ({ request }) => request.consumer),
);

/** By the name that the manifest gives: what each request is told, null for one that nobody provides. */
function outputsOf(asked: readonly ServiceRequest[], bound: readonly BoundService[]): JsonObject {
  return Object.fromEntries(
    asked.map(({ kind, name = kind, forEach }): [string, JsonValue] => {
      const own = bound.filter(({ request }) => request.group === name);
      if (forEach === undefined) return [name, own[0]?.outputs ?? null];
      return [
        name,
        own.map(({ outputs, request }) => ({
          ...outputs,
          name: request.item?.name ?? '',
          item: request.item?.value ?? null,
        })),
      ];
    }),
  );
}

/** The requests of a kind that a component makes, each with its consumer. */
function requestsOf(cluster: ResolvedCluster, kind: string, provider: string): JsonValue {
  return [...boundServices(cluster).value.values()]
    .filter(({ request }) => request.kind === kind && request.provider.component === provider)
    .map(({ context }) => ({
      ...(context.roots.request?.value as JsonObject),
      consumer: context.roots.consumer?.value ?? null,
    }));
}
