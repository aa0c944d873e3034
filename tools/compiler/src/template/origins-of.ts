import type { Span } from '@fluxwright/diagnostics';
import type { JsonPath } from '@fluxwright/documents';
import { type BoundService, requestView, servicesOf } from './bound-services.ts';
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
    if (root === 'consumer') return [bound.request.span];
    if (root === 'service') return told(servicesNamed(bound.request.consumer, bound.request.key), path.slice(2));
    return requestView(cluster, bound).originsOf(path);
  }
  if (root === 'service' && resolved !== undefined)
    return told(servicesNamed(resolved.component.name, undefined), path.slice(2));
  if (root === 'requests' && resolved !== undefined) {
    const all = servicesOf(cluster, resolved.component, String(first));
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

/** Of a list, one of forEach by its place in it, whose `item` is its own. */
function told(services: readonly BoundService[], path: JsonPath): readonly Span[] {
  const [index, ...inside] = path;
  const isOne = typeof index === 'number';
  const at = isOne ? inside : path;
  return (isOne ? services.slice(index, index + 1) : services).flatMap(({ request, toldBy }) => {
    const lines = at[0] === 'item' ? (request.item?.origins ?? []) : toldBy(at);
    // What is told of the request itself leads to its lines.
    return lines.some(({ file }) => file === request.span.file) ? lines : [request.span, ...lines];
  });
}
