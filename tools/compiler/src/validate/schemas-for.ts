import type { RenderedCluster } from '../data/rendered-cluster.ts';
import type { Engines } from '../engines/engines.ts';
import type { SchemaEngine } from '../engines/schema-engine.ts';

/** kubeconform as the cluster's API server would judge: by its Kubernetes, and by the definitions that its tree and charts bring. */
export function schemasFor({ cluster, resources, released }: RenderedCluster, engines: Engines): SchemaEngine {
  const definitions = [...resources, ...released].filter(({ kind }) => kind === 'CustomResourceDefinition');
  return engines.schemas.forKubernetes(
    cluster.spec.kubernetes.version,
    definitions.map(({ object, chart, path }) => ({ object, from: chart ?? path })),
  );
}
