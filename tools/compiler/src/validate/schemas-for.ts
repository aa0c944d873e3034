import { groupOf } from '@fluxwright/kubernetes';
import { type Definition, isSchema } from '@fluxwright/kubernetes-schemas';
import type { RenderedCluster } from '../data/rendered-cluster.ts';
import type { Engines } from '../engines/engines.ts';
import type { SchemaEngine } from '../engines/schema-engine.ts';
import { wantedDefinitions } from '../facts/definitions-at-hand.ts';
import { recordedSchemas } from '../facts/recorded-definitions.ts';

/**
 * kubeconform as the cluster's API server would judge: by its Kubernetes, and by the definitions that its tree, charts and sources at
 * hand bring; of those that are not at hand by what was recorded of them (docs/decisions/0076).
 */
export function schemasFor({ cluster, resources, released }: RenderedCluster, engines: Engines): SchemaEngine {
  const applied = [...resources, ...released];
  const seen = applied
    .filter(({ kind }) => kind === 'CustomResourceDefinition')
    .map(({ object, chart, path }): Definition => ({ object, from: chart ?? path }));
  const kinds = new Set(applied.map(({ apiVersion, kind }) => `${groupOf(apiVersion)}/${kind}`));
  const outside = cluster.components.flatMap(({ component }) => wantedDefinitions(component, engines, kinds));
  const whole = [...seen, ...outside];
  const names = new Set(whole.map(nameOf));
  const recorded = recordedSchemas(cluster).filter((each) => !names.has(nameOf(each)));
  return engines.schemas.forKubernetes(cluster.spec.kubernetes.version, [...whole, ...recorded]);
}

function nameOf({ object }: Definition): string {
  return isSchema(object.metadata) ? String(object.metadata.name) : '';
}
