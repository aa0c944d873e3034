import type { Span } from '@fluxwright/diagnostics';
import { memo, reach } from '@fluxwright/documents';
import { type ResolvedCluster, type ResolvedComponent, stageKey } from '@fluxwright/model';
import { namespaceOwners } from '../plan/namespace-owners.ts';
import { policyMaker } from '../plan/policy-maker.ts';

/** Whether network policies deny, or only say what they would. */
export type NetworkMode = 'audit' | 'enforce';

/** A namespace in which only flows are let through. */
export interface ClosedNamespace {
  readonly namespace: string;
  readonly owner: ResolvedComponent;
}

/** A namespace in which everything is let through. */
export interface OpenNamespace {
  readonly namespace: string;
  readonly component: ResolvedComponent;
  readonly because: string;
  readonly span: Span;
}

/** What network policies a cluster has. */
export interface NetworkPlan {
  readonly mode: NetworkMode;
  /** Who writes them. */
  readonly provider: ResolvedComponent;
  readonly closed: readonly ClosedNamespace[];
  readonly open: readonly OpenNamespace[];
}

/**
 * Which namespaces are closed: those of components that all say that their flows are complete. Policies are there before pods are, so
 * what comes before their provider stays open. Nothing where the cluster wants none, or nobody can make them.
 */
export const networkPlan = memo((cluster: ResolvedCluster): NetworkPlan | undefined => {
  const mode = cluster.spec.policies.network;
  const maker = policyMaker(cluster);
  if (mode === 'off' || maker === undefined || maker.provider.component.network.length === 0) return undefined;
  const { provider, stage } = maker;
  const next = Map.groupBy(cluster.edges, ({ from }) => stageKey(from));
  const earlier = reach([stageKey(stage)], (key) => (next.get(key) ?? []).map(({ to }) => stageKey(to)));
  const all = namespaceOwners(cluster).map(({ name, owner, others }): ClosedNamespace | OpenNamespace => {
    const part = [owner, ...others].find(({ component }) => component.spec.network !== 'complete');
    const early = owner.stages.some((each) => earlier.has(stageKey({ component: owner.component.name, stage: each })));
    if (part === undefined && !early) return { namespace: name, owner };
    const component = part ?? owner;
    return {
      namespace: name,
      component,
      because:
        part === undefined ? `${provider.component.name} waits for it` : 'its flows are not known to be complete',
      span: component.component.manifest.locate(['spec', 'namespace']),
    };
  });
  return {
    mode,
    provider,
    closed: all.filter((each) => 'owner' in each),
    open: all.filter((each) => 'because' in each),
  };
});
