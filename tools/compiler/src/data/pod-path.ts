import type { JsonObject, JsonPath } from '@fluxwright/documents';

const inTemplate: JsonPath = ['spec', 'template', 'spec'];

const paths: ReadonlyMap<string, JsonPath> = new Map([
  ['v1/Pod', ['spec']],
  ['v1/ReplicationController', inTemplate],
  ['apps/v1/DaemonSet', inTemplate],
  ['apps/v1/Deployment', inTemplate],
  ['apps/v1/ReplicaSet', inTemplate],
  ['apps/v1/StatefulSet', inTemplate],
  ['batch/v1/Job', inTemplate],
  ['batch/v1/CronJob', ['spec', 'jobTemplate', ...inTemplate]],
]);

/** Where an object of a kind of Kubernetes says what its pods are; undefined for one that has none. */
export function podPath({ apiVersion, kind }: JsonObject): JsonPath | undefined {
  return paths.get(`${apiVersion}/${kind}`);
}
