import type { JsonObject, JsonValue } from '@fluxwright/documents';
import { memo } from '@fluxwright/documents';
import type { Component, ResolvedCluster } from '@fluxwright/model';
import { leafShape, mapShape, type Shape } from './shape.ts';

const listOf = (item: Shape): Shape => ({
  child: (key) => (key === 'length' ? leafShape : item),
  keys: () => ['length'],
});

/** What may stand in {@link clusterCatalogue}. */
export const catalogueShape: Shape = mapShape({
  categories: listOf(leafShape),
  components: listOf(
    mapShape({
      ...Object.fromEntries(
        ['name', 'title', 'description', 'category', 'homepage', 'license', 'release', 'namespace'].map((key) => [
          key,
          leafShape,
        ]),
      ),
      needs: listOf(leafShape),
      offers: listOf(leafShape),
    }),
  ),
  kinds: listOf(mapShape({ kind: leafShape, title: leafShape, description: leafShape, provider: leafShape })),
  services: listOf(
    mapShape({ name: leafShape, kind: leafShape, title: leafShape, consumer: leafShape, provider: leafShape }),
  ),
});

/**
 * What a cluster is made of, for a component that shows it to people: its components with what each waits for, the services that they
 * have, and the kinds of these. Lists are sorted; a word that a manifest does not say is null.
 */
export const clusterCatalogue = memo((cluster: ResolvedCluster): JsonObject => {
  const components = cluster.components.map(({ component }) => component);
  // Services of services belong to who asks in the end.
  const services = cluster.services.filter(({ parent }) => parent === undefined);
  const kinds = [...Map.groupBy(services, ({ kind }) => kind)].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    categories: [...new Set(components.flatMap(({ spec }) => spec.category ?? []))].sort(),
    components: components.map((component) => ({
      ...described(component),
      needs: [...new Set(cluster.edges.filter(between(component.name)).map(({ to }) => to.component))].sort(),
      offers: kinds
        .filter(([, each]) => each.some(({ provider }) => provider.component === component.name))
        .map(([kind]) => kind),
    })),
    kinds: kinds.map(([kind, [first]]) => ({
      kind,
      title: first?.contract.title ?? kind,
      description: first?.contract.description ?? kind,
      provider: first?.provider.component ?? null,
    })),
    services: services.map(({ key, kind, contract, consumer, provider }) => ({
      name: key.replaceAll('/', '-'),
      kind,
      title: contract.title,
      consumer,
      provider: provider.component,
    })),
  };
});

function described({ name, spec }: Component): Record<string, JsonValue> {
  return {
    name,
    title: spec.title,
    description: spec.description,
    category: spec.category ?? null,
    homepage: spec.homepage ?? null,
    license: spec.license ?? null,
    release: spec.release ?? spec.helm?.version ?? spec.source?.ref.tag ?? null,
    namespace: spec.namespace,
  };
}

/** Edges from a component to another one. */
function between(name: string) {
  return ({ from, to }: { from: { component: string }; to: { component: string } }) =>
    from.component === name && to.component !== name;
}
