import { reach } from '@fluxwright/documents';
import type { ComponentMembers } from './resolution.ts';
import type { ResolvedRequest, StageEdge, StageId } from './resolved-cluster.ts';
import { isBeside } from './stages-of.ts';

interface Whole {
  /** Between the stages of all components that the cluster would have as primary. */
  readonly edges: readonly StageEdge[];
  readonly services: readonly ResolvedRequest[];
  readonly members: ComponentMembers;
  readonly capabilities: ReadonlyMap<string, StageId>;
}

/** What runs in a cluster, and what runs in the other one of its pair. */
export interface Here {
  readonly members: ComponentMembers;
  readonly standbys: ReadonlySet<string>;
  readonly services: readonly ResolvedRequest[];
  readonly capabilities: ReadonlyMap<string, StageId>;
}

/**
 * Leaves out what cannot run beside a copy that the other cluster writes: the consumers of such a service, and all that
 * wait for them. Of what they ask for only the copies stay, with what these need (docs/decisions/0086).
 */
export function leftOut({ edges, services, members, capabilities }: Whole): Here {
  const consumers = services.filter(({ pair }) => pair?.role === 'standby').map(({ consumer }) => consumer);
  if (consumers.length === 0) return { members, standbys: new Set(), services, capabilities };
  const waiting = Map.groupBy(
    edges.filter(({ from }) => !isBeside(from.stage)),
    ({ to }) => to.component,
  );
  const after = (component: string) => (waiting.get(component) ?? []).map(({ from }) => from.component);
  const standbys = new Set([...consumers, ...reach(consumers, after)]);
  const byKey = new Map(services.map((each) => [each.key, each]));
  const isCopy = (request: ResolvedRequest): boolean => {
    if (request.pair !== undefined) return true;
    const parent = byKey.get(request.parent ?? '');
    return parent !== undefined && isCopy(parent);
  };
  return {
    members: new Map([...members].filter(([name]) => !standbys.has(name))),
    standbys,
    services: services.filter(
      (each) => (!standbys.has(each.consumer) || isCopy(each)) && !standbys.has(each.provider.component),
    ),
    capabilities: new Map([...capabilities].filter(([, { component }]) => !standbys.has(component))),
  };
}
