import type { JsonPath, JsonValue } from '@fluxwright/documents';
import type { ResolvedCluster, ResolvedComponent, Workload } from '@fluxwright/model';
import { boundServices, requestView } from '../template/bound-services.ts';
import { serviceContext } from '../template/cluster-context.ts';
import type { TextView } from '../template/text-in-context.ts';
import { textView } from '../template/value-of-text.ts';

/** One line of a footprint: of a component, or of a service that it provides, once a request. */
export interface FootprintLine {
  readonly workload: Workload;
  /** Where it stands in the manifest of the component that says it. */
  readonly path: JsonPath;
  readonly view: TextView;
  /** The component that the workload is there for. */
  readonly owner: ResolvedComponent;
  /** Key of the request for a service. */
  readonly request?: string;
  /** What `from` leads into, and what its texts call it. */
  readonly source: { readonly root: 'values' | 'request'; readonly value: JsonValue };
}

/** The footprint of a cluster, line by line: of its components by name, then of their services by key. */
export function footprintLines(cluster: ResolvedCluster): readonly FootprintLine[] {
  const own = cluster.components.flatMap((owner) => {
    const { component, values } = owner;
    return (component.spec.footprint?.workloads ?? []).map(
      (workload, index): FootprintLine => ({
        workload,
        path: ['spec', 'footprint', 'workloads', index],
        view: textView(cluster, owner),
        owner,
        source: { root: 'values', value: values.value },
      }),
    );
  });
  const services = [...boundServices(cluster).values()].flatMap((bound) => {
    const { request, consumer } = bound;
    // Access to what is there already makes no workload.
    if (request.said.of !== undefined) return [];
    const { said, path } = request.service;
    const view = requestView(cluster, { ...bound, context: serviceContext(cluster, bound) });
    return (said.footprint?.workloads ?? []).map(
      (workload, index): FootprintLine => ({
        workload,
        path: [...path, 'footprint', 'workloads', index],
        view,
        owner: consumer,
        request: request.key,
        source: { root: 'request', value: view.context.roots.request?.value ?? null },
      }),
    );
  });
  return [...own, ...services];
}
