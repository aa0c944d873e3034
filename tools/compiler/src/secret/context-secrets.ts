import type { JsonPath } from '@fluxwright/documents';
import { type ResolvedCluster, secretsOf, seesSecret } from '@fluxwright/model';
import type { Resource } from '../data/rendered-cluster.ts';
import type { BoundService } from '../template/bound-services.ts';
import { byConsumer } from '../template/cluster-context.ts';

/**
 * For each object of a cluster the paths of what is declared secret in the context that its template saw: in the component's
 * values, and in the items of `forEach`, which stand beside what each service tells.
 */
export function contextSecrets(cluster: ResolvedCluster): (resource: Resource) => readonly JsonPath[] {
  const secrets = new Map(
    cluster.components.flatMap(({ component, values }) => {
      const paths = secretsOf(component, values.value);
      return paths.length === 0 ? [] : [[component.name, paths] as const];
    }),
  );
  return ({ origin: { service, stage } }) => {
    const name = service?.provider ?? stage?.component ?? '';
    const paths = secrets.get(name);
    if (paths === undefined) return [];
    const told = (byConsumer(cluster).get(service?.request.consumer ?? name) ?? []).filter(
      ({ request }) => request.parent === service?.request.key,
    );
    return [...paths.map((path) => ['values', ...path]), ...itemSecrets(told, paths)];
  };
}

function itemSecrets(told: readonly BoundService[], secrets: readonly JsonPath[]): readonly JsonPath[] {
  return [...Map.groupBy(told, ({ request }) => request.group)].flatMap(([group, services]) =>
    services.flatMap(({ request: { item } }, index) => {
      if (item === undefined) return [];
      return secrets
        .filter((secret) => seesSecret(item.at, [secret]))
        .map((secret) => ['service', group, index, 'item', ...secret.slice(item.at.length)]);
    }),
  );
}
