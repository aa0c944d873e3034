import { isObject, type JsonObject, type JsonPath, valueAt } from '@fluxwright/documents';
import { podPath } from '../../data/pod-path.ts';

/** A pod that an object makes, and where in it the pod is described. */
export interface MadePod {
  readonly pod: JsonObject;
  readonly at: JsonPath;
}

/** The pod that a workload of Kubernetes makes, as it reaches the API server; undefined for everything else, a pod itself too. */
export function podOf(object: JsonObject): MadePod | undefined {
  const at = podPath(object)?.slice(0, -1);
  const template = at === undefined || at.length === 0 ? undefined : valueAt(object, at);
  if (at === undefined || !isObject(template) || !isObject(template.spec)) return undefined;
  const owner = isObject(object.metadata) ? object.metadata : {};
  const metadata = {
    ...(isObject(template.metadata) ? template.metadata : {}),
    name: String(owner.name),
    ...(owner.namespace === undefined ? {} : { namespace: owner.namespace }),
  };
  return { pod: { apiVersion: 'v1', kind: 'Pod', metadata, spec: template.spec }, at };
}
