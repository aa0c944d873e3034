import type { JsonObject, JsonValue } from '@fluxwright/documents';
import { memo } from '@fluxwright/documents';
import { neededServices, type ResolvedCluster, type ResolvedComponent, type ServiceRequest } from '@fluxwright/model';
import { type BoundService, boundServices, servicesOf } from './bound-services.ts';
import { componentPair } from './component-pair.ts';
import { shapesOf } from './component-template.ts';
import { ownContext } from './own-context.ts';
import { pairRoot } from './pair-root.ts';
import { serviceShapes } from './service-shapes.ts';
import type { TemplateContext } from './template-context.ts';

/** What the templates of a component see in a cluster. */
export function templateContext(cluster: ResolvedCluster, resolved: ResolvedComponent): TemplateContext {
  return contextIn(resolved, cluster);
}

/** Asked for each template and each text of a component. */
const contextIn = memo((resolved: ResolvedComponent, cluster: ResolvedCluster): TemplateContext => {
  const own = ownContext(cluster, resolved);
  const { component } = resolved;
  const { service, requests } = shapesOf(component);
  const { pair } = component.spec;
  if (service === undefined && requests === undefined && pair === undefined) return own;
  const bound = byConsumer(cluster);
  const asked = component.spec.requires?.services ?? [];
  const taken = (bound.get(component.name) ?? []).filter(({ request }) => request.parent === undefined);
  const kinds = (component.spec.provides?.services ?? []).filter(({ list }) => list === true).map(({ kind }) => kind);
  return {
    ...own,
    roots: {
      ...own.roots,
      ...(pair && { pair: pairRoot(pair, componentPair(resolved, cluster)?.view) }),
      ...(service && { service: { ...service, value: outputsOf(asked, taken) } }),
      ...(requests && {
        requests: {
          ...requests,
          value: Object.fromEntries(kinds.map((kind) => [kind, servicesOf(cluster, component, kind).map(requestOf)])),
        },
      }),
    },
  };
});

/** What the template of a service sees for one request: its own services are those that the request needs in its turn. */
export function serviceContext(cluster: ResolvedCluster, bound: BoundService): TemplateContext {
  const { context, request, provider } = bound;
  const { service } = serviceShapes(provider.component, request.kind);
  if (service === undefined) return context;
  const inner = neededServices(request.service).map((each) => each.request);
  const taken = (byConsumer(cluster).get(request.consumer) ?? []).filter((each) => each.request.parent === request.key);
  return { ...context, roots: { ...context.roots, service: { ...service, value: outputsOf(inner, taken) } } };
}

/** The services of each component of a cluster. */
export const byConsumer = memo((cluster: ResolvedCluster) =>
  Map.groupBy(boundServices(cluster).values(), ({ request }) => request.consumer),
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

/** A request as one of a list, with its consumer and its part in a pair. */
function requestOf({ context: { roots } }: BoundService): JsonValue {
  const { pair } = roots;
  return {
    ...(roots.request?.value as JsonObject),
    consumer: roots.consumer?.value ?? null,
    ...(pair && { pair: pair.value }),
  };
}
