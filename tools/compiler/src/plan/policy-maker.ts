import { networkPolicies, type ResolvedCluster, type ResolvedComponent, type StageId } from '@fluxwright/model';

/** Who makes the network policies of a cluster. */
export interface PolicyMaker {
  readonly provider: ResolvedComponent;
  /** The stage from which on they count. */
  readonly stage: StageId;
}

/** The component that makes network policies; undefined where the cluster wants none, or nobody can make them. */
export function policyMaker({ spec, components, capabilities }: ResolvedCluster): PolicyMaker | undefined {
  const stage = capabilities.get(networkPolicies);
  const provider = components.find(({ component }) => component.name === stage?.component);
  return spec.policies.network === 'off' || stage === undefined || provider === undefined
    ? undefined
    : { provider, stage };
}
