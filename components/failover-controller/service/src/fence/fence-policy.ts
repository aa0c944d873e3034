/** Pods whose writes belong to the side that has the lease. */
export interface Fenced {
  readonly namespace: string;
  /** Labels of the pods. */
  readonly pods: Readonly<Record<string, string>>;
  /** TCP ports on which they take writes. */
  readonly ports: readonly number[];
}

/** Name of the policy, which nobody else makes. */
export const fenceName = 'failover-fence';

/**
 * The policy that lets nobody write: a CiliumClusterwideNetworkPolicy as one YAML document (JSON is YAML 1.2).
 *
 * It denies, since what is denied stays so whatever else is allowed (Cilium's documentation, "Deny Policies"). Pods with
 * the same labels still reach each other: the members of one database copy to each other also while it is fenced.
 */
export function fencePolicy(fenced: readonly Fenced[]): string {
  const specs = fenced.map(({ namespace, pods, ports }) => {
    const own = { ...prefixed(pods), 'k8s:io.kubernetes.pod.namespace': namespace };
    const toPorts = [{ ports: ports.map((port) => ({ port: String(port), protocol: 'TCP' })) }];
    return {
      description: `Without the lease of the pair nobody writes to ${namespace}.`,
      endpointSelector: { matchLabels: own },
      ingressDeny: [
        // One label that differs makes another pod.
        ...Object.entries(own).map(([key, value]) => ({
          fromEndpoints: [{ matchExpressions: [{ key, operator: 'NotIn', values: [value] }] }],
          toPorts,
        })),
        { fromEntities: ['world', 'host', 'remote-node'], toPorts },
      ],
    };
  });
  const policy = {
    apiVersion: 'cilium.io/v2',
    kind: 'CiliumClusterwideNetworkPolicy',
    metadata: { name: fenceName },
    specs,
  };
  return `${JSON.stringify(policy, null, 2)}\n`;
}

const prefixed = (labels: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(labels).map(([key, value]) => [`k8s:${key}`, value]));
