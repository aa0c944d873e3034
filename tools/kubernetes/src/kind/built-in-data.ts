import { type JsonObject, valueAt } from '@fluxwright/documents';

/** Built-in kinds that hold data or take others' along, and what is lost with an object of theirs. */
const builtIn: Readonly<Record<string, string>> = {
  '/PersistentVolumeClaim': 'the data of its volume, where the reclaim policy is Delete',
  '/PersistentVolume': 'the way to the data of the volume',
  '/Namespace': 'every object in it, volumes included',
  'apps/StatefulSet': 'the volumes of its pods: a StatefulSet of another name does not find them',
  'apiextensions.k8s.io/CustomResourceDefinition': 'every object of its kind, and what these hold',
};

/** What is lost with an object of a built-in kind; nothing for most. A StatefulSet without claims holds no data. */
export function builtInData({
  group,
  kind,
  object,
}: {
  readonly group: string;
  readonly kind: string;
  readonly object: JsonObject;
}): string | undefined {
  const lost = builtIn[`${group}/${kind}`];
  const claims = valueAt(object, ['spec', 'volumeClaimTemplates']);
  if (kind === 'StatefulSet' && !(Array.isArray(claims) && claims.length > 0)) return undefined;
  return lost;
}
