import type { Staged } from '@fluxwright/diagnostics';
import type { JsonPath } from '@fluxwright/documents';
import type { ObjectId } from '@fluxwright/kubernetes';
import type { NamedObject, ResolvedCluster, ResolvedComponent } from '@fluxwright/model';
import { clusterKinds } from '../facts/cluster-kinds.ts';
import { isUnset } from '../template/text-in-context.ts';
import { filledText } from '../template/value-of-text.ts';

/**
 * Which object a component.yaml names at `path`, in a cluster. Undefined without a finding where its name is made of
 * values that are not set, or comes to nothing: with these values there is no such object.
 */
export function namedObject(
  cluster: ResolvedCluster,
  resolved: ResolvedComponent,
  { object, path }: { readonly object: NamedObject; readonly path: JsonPath },
): Staged<ObjectId | undefined> {
  const { group = '', kind, name, namespace } = object;
  const text = (said: string, key: string) => filledText(cluster, resolved, { path: [...path, key], said });
  const named = text(name, 'name');
  if (clusterKinds(cluster).isClusterScoped(group, kind)) {
    return { value: named.value && { group, kind, name: named.value.value }, diagnostics: findings(named) };
  }
  const place = text(namespace ?? resolved.component.spec.namespace, 'namespace');
  const isNamed = named.value !== undefined && named.value.value !== '' && place.value !== undefined;
  return {
    value: isNamed ? { group, kind, name: named.value.value, namespace: place.value.value } : undefined,
    diagnostics: [named, place].flatMap(findings),
  };
}

function findings(text: ReturnType<typeof filledText>): Staged<unknown>['diagnostics'] {
  return isUnset(text) ? [] : text.diagnostics;
}
