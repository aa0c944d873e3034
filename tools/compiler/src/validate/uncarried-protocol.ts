import type { Diagnostic } from '@fluxwright/diagnostics';
import { isObject, type JsonObject, type JsonPath, valueAt } from '@fluxwright/documents';
import { objectTitle } from '@fluxwright/kubernetes';
import { objectFinding } from '../data/object-finding.ts';
import type { Resource } from '../data/rendered-cluster.ts';
import type { Check, CheckContext } from './check.ts';

/**
 * A load balancer of the provider is asked for UDP only where it carries that: else it is never made, or drops it in silence. A
 * Service that names a class of its own is somebody else's
 * (https://kubernetes.io/docs/concepts/services-networking/service/#load-balancer-class).
 */
export const uncarriedProtocol: Check = ({ rendered, applied }: CheckContext): readonly Diagnostic[] => {
  const fact = rendered.cluster.facts.get('udpLoadBalancer');
  if (fact?.value !== false) return [];
  return applied.flatMap((resource) =>
    udpPorts(resource).map((at) =>
      objectFinding('validate/uncarried-protocol', resource, {
        at,
        message: `${objectTitle(resource)} wants UDP of a load balancer that does not carry it`,
        note: `those of ${fact.by} carry none`,
        labels: [{ span: fact.span, message: `${fact.by} states udpLoadBalancer: false` }],
        help: 'offer it by TCP, or by ports of the nodes: type: NodePort',
      }),
    ),
  );
};

/** Where a Service or a Gateway asks its load balancer for UDP. */
function udpPorts({ kind, apiVersion, object }: Resource): readonly JsonPath[] {
  const { spec } = object;
  if (!isObject(spec)) return [];
  if (kind === 'Service' && apiVersion === 'v1' && spec.type === 'LoadBalancer' && spec.loadBalancerClass === undefined)
    return places(object, 'ports', ({ protocol }) => protocol === 'UDP');
  if (kind === 'Gateway' && apiVersion.startsWith('gateway.networking.k8s.io/'))
    return places(object, 'listeners', ({ protocol }) => protocol === 'UDP');
  return [];
}

function places(object: JsonObject, list: string, wanted: (item: JsonObject) => boolean): readonly JsonPath[] {
  const items = valueAt(object, ['spec', list]);
  return (Array.isArray(items) ? items : []).flatMap((item, index) =>
    isObject(item) && wanted(item) ? [['spec', list, index, 'protocol']] : [],
  );
}
