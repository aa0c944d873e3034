import { isObject, type JsonObject, type JsonPath, valueAt } from '@fluxwright/documents';

/** A pod that an object makes, and where in it the pod is described. */
export interface MadePod {
  readonly pod: JsonObject;
  readonly at: JsonPath;
}

/** Where kinds of Kubernetes describe the pods they make. */
const templates: Readonly<Record<string, JsonPath>> = {
  CronJob: ['spec', 'jobTemplate', 'spec', 'template'],
  DaemonSet: ['spec', 'template'],
  Deployment: ['spec', 'template'],
  Job: ['spec', 'template'],
  ReplicaSet: ['spec', 'template'],
  ReplicationController: ['spec', 'template'],
  StatefulSet: ['spec', 'template'],
};

/** The pod that a workload of Kubernetes makes, as it reaches the API server; undefined for everything else. */
export function podOf(object: JsonObject): MadePod | undefined {
  const at = /^(v1|apps\/v1|batch\/v1)$/.test(String(object.apiVersion)) ? templates[String(object.kind)] : undefined;
  const template = at && valueAt(object, at);
  if (at === undefined || !isObject(template) || !isObject(template.spec)) return undefined;
  const owner = isObject(object.metadata) ? object.metadata : {};
  const metadata = {
    ...(isObject(template.metadata) ? template.metadata : {}),
    name: String(owner.name),
    ...(owner.namespace === undefined ? {} : { namespace: owner.namespace }),
  };
  return { pod: { apiVersion: 'v1', kind: 'Pod', metadata, spec: template.spec }, at };
}
