import type { JsonObject } from '@fluxwright/documents';
import { memo } from '@fluxwright/documents';
import type { ResolvedCluster, ResolvedComponent } from '@fluxwright/model';
import { clusterCatalogue } from './cluster-catalogue.ts';
import { contextShapes, visibleSettings } from './context-shapes.ts';
import type { ContextRoot, TemplateContext } from './template-context.ts';

interface ClusterPart {
  readonly cluster: JsonObject;
  readonly peer: JsonObject | null;
  readonly components: ReadonlySet<string>;
}

/** What a component sees in a cluster, services apart. */
export function ownContext(
  cluster: ResolvedCluster,
  { component, values }: ResolvedComponent,
): TemplateContext & {
  readonly roots: Readonly<Record<'values' | 'cluster' | 'peer' | 'component' | 'catalogue', ContextRoot>>;
} {
  const part = partOf(cluster);
  const shapes = contextShapes(component);
  const { name, version, spec } = component;
  return {
    roots: {
      values: { ...shapes.values, value: values.value },
      cluster: { ...shapes.cluster, value: part.cluster },
      peer: { ...shapes.peer, value: part.peer },
      catalogue: { ...shapes.catalogue, value: clusterCatalogue(cluster) },
      component: { ...shapes.component, value: { name, namespace: spec.namespace, version, title: spec.title } },
    },
    has: (each) => part.components.has(each),
    capability: (each) => cluster.capabilities.has(each),
  };
}

const partOf = memo(
  ({ name, settings, peer, components }: ResolvedCluster): ClusterPart => ({
    cluster: visibleSettings(name, settings.value),
    peer: peer === undefined ? null : visibleSettings(peer.name, peer.settings.value),
    components: new Set(components.map(({ component }) => component.name)),
  }),
);
