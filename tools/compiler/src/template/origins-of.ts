import type { Span } from '@fluxwright/diagnostics';
import type { JsonPath } from '@fluxwright/documents';
import { type BoundService, boundServices } from './bound-services.ts';
import { byConsumer } from './cluster-context.ts';
import { layersOf, type Viewpoint } from './layers-of.ts';

/** Whose context a path belongs to: that of a component, or of the service that its provider makes. */
export interface ServiceViewpoint extends Viewpoint {
  readonly bound?: BoundService;
}

/** The lines that decided the context's value at `path`: layers of values, requests for services and what providers say of them. */
export function originsOf(path: JsonPath, viewpoint: ServiceViewpoint): readonly Span[] {
  const { cluster, resolved, bound } = viewpoint;
  const [root, first, second, ...rest] = path;
  if (bound !== undefined) {
    if (root === 'request') return bound.originsOf(path.slice(1));
    if (root === 'consumer') return [bound.request.span];
    if (root === 'service') return saidOf(servicesNamed(bound.request.consumer, bound.request.key), second);
    return layersOf(path, { cluster, resolved: bound.provider });
  }
  if (root === 'service' && resolved !== undefined)
    return saidOf(servicesNamed(resolved.component.name, undefined), second);
  if (root === 'requests' && resolved !== undefined) {
    const all = [...boundServices(cluster).value.values()].filter(
      ({ request }) => request.kind === first && request.provider.component === resolved.component.name,
    );
    const one = typeof second === 'number' ? all[second] : undefined;
    return one === undefined
      ? all.map(({ request }) => request.span)
      : rest[0] === 'consumer'
        ? [one.request.span]
        : one.originsOf(rest);
  }
  return layersOf(path, viewpoint);

  function servicesNamed(consumer: string, parent: string | undefined): readonly BoundService[] {
    return (byConsumer(cluster).get(consumer) ?? []).filter(
      ({ request }) => request.group === first && request.parent === parent,
    );
  }
}

/** One of forEach is told by its place in the list. */
function saidOf(services: readonly BoundService[], index: string | number | undefined): readonly Span[] {
  const one = typeof index === 'number' ? services.slice(index, index + 1) : services;
  return one.flatMap(({ request, said }) => [request.span, said]);
}
