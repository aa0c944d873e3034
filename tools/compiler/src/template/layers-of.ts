import type { Span } from '@fluxwright/diagnostics';
import type { JsonPath } from '@fluxwright/documents';
import type { MergedValues, ResolvedCluster, ResolvedComponent } from '@fluxwright/model';

/** Whose context a path belongs to. */
export interface Viewpoint {
  readonly cluster: ResolvedCluster;
  /** Component whose values a template saw; absent for the objects that tie the cluster to its repository. */
  readonly resolved?: ResolvedComponent;
}

/** The lines of the value layers that decided the context's value at `path`. */
export function layersOf(path: JsonPath, viewpoint: Viewpoint): readonly Span[] {
  const [root, ...keys] = path;
  const values = valuesAt(path, viewpoint);
  if (values !== undefined) return values.originsOf(keys);
  if (root !== 'component' || viewpoint.resolved === undefined) return [];
  const isSpec = keys[0] === 'namespace' || keys[0] === 'title';
  return [viewpoint.resolved.component.manifest.locate(isSpec ? ['spec', ...keys] : ['metadata', 'name'])];
}

/** The merged values that the first step of a context path stands for. */
export function valuesAt([root]: JsonPath, { cluster, resolved }: Viewpoint): MergedValues | undefined {
  if (root === 'values') return resolved?.values;
  if (root === 'cluster') return cluster.settings;
  return root === 'peer' ? cluster.peer?.settings : undefined;
}
