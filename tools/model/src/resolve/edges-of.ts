import { hasErrors } from '@fluxwright/diagnostics';
import { byKey } from '@fluxwright/documents';
import { requiredComponents } from '../load/requirements.ts';
import type { Cluster, Component, Product, Workspace } from '../load/workspace.ts';
import { checkPair } from './check-pair.ts';
import { clusterSettings } from './cluster-settings.ts';
import type { Resolution } from './resolution.ts';
import { selectComponents } from './select-components.ts';
import { selectProducts } from './select-products.ts';

/** A folder of the workspace that others build on. */
export interface GraphNode {
  readonly kind: 'cluster' | 'product' | 'component';
  readonly name: string;
}

/** A change of `to` can change the output of `from`. */
export interface GraphEdge {
  readonly from: GraphNode;
  readonly to: GraphNode;
  /** The manifest that makes the edge, from the root. */
  readonly file: string;
}

/**
 * The edges of the project graph, without merging any values. Following them from a cluster reaches what its output is
 * made of and nothing else: a product points only at components that all its clusters have, whatever these choose;
 * those that depend on choices, provide a capability or come à la carte hang on the clusters that have them. The clusters
 * of a pair point at each other. What is unknown or broken has no edge. A cluster whose parts cannot be told points at
 * the whole catalogue: any change there may mend it, and its result must not be taken for that of an earlier state. Sorted.
 */
export function edgesOf(workspace: Workspace): readonly GraphEdge[] {
  const edges = [
    ...[...workspace.components.values()].flatMap((component) => componentEdges(workspace, component)),
    ...[...workspace.products.values()].flatMap((product) => productEdges(workspace, product)),
    ...[...workspace.clusters.values()].flatMap((cluster) => clusterEdges(workspace, cluster)),
  ];
  const unique = new Map(
    edges.map((edge) => [`${edge.from.kind} ${edge.from.name} ${edge.to.kind} ${edge.to.name}`, edge]),
  );
  return [...unique].sort(byKey).map(([, edge]) => edge);
}

function componentEdges({ components }: Workspace, component: Component): readonly GraphEdge[] {
  return requiredComponents(component)
    .filter(({ name }) => components.has(name) && name !== component.name)
    .map(({ name }) => ({
      from: node('component', component.name),
      to: node('component', name),
      file: component.manifest.file,
    }));
}

function productEdges(workspace: Workspace, product: Product): readonly GraphEdge[] {
  const from = node('product', product.name);
  const file = product.manifest.file;
  const products = (product.spec.requires?.products ?? []).filter((name) => workspace.products.has(name));
  return [
    ...products.map((name) => ({ from, to: node('product', name), file })),
    ...certainComponents(workspace, product).map((name) => ({ from, to: node('component', name), file })),
  ];
}

/** The components that every cluster with the product has. */
function certainComponents({ components }: Workspace, product: Product): readonly string[] {
  const named = (product.spec.components ?? []).flatMap(({ name, dependsOn }) => [name, ...(dependsOn ?? [])]);
  return named.filter((name) => {
    const spec = components.get(name)?.spec;
    return spec !== undefined && spec.choices === undefined && spec.maturity !== 'coming';
  });
}

function clusterEdges(workspace: Workspace, cluster: Cluster): readonly GraphEdge[] {
  const settings = clusterSettings(workspace, cluster);
  const resolution: Resolution = { workspace, cluster, settings, diagnostics: [], blocked: false };
  const products = selectProducts(resolution);
  const members = selectComponents(resolution, products);
  const peer = checkPair(resolution);
  const told = !resolution.blocked && !hasErrors(resolution.diagnostics);
  const certain = [...products.values()].flatMap(({ item }) => certainComponents(workspace, item));
  const reached = withRequired(workspace, certain);
  const from = node('cluster', cluster.name);
  const file = cluster.manifest.file;
  return [
    ...[...(told ? products : workspace.products)].map(([name]) => ({ from, to: node('product', name), file })),
    ...[...(told ? members : workspace.components)]
      .filter(([name]) => !told || !reached.has(name))
      .map(([name]) => ({ from, to: node('component', name), file })),
    ...(peer === undefined || peer.cluster.name === cluster.name
      ? []
      : [{ from, to: node('cluster', peer.cluster.name), file }]),
  ];
}

function withRequired({ components }: Workspace, names: readonly string[]): ReadonlySet<string> {
  const reached = new Set(names);
  for (const name of reached) {
    const component = components.get(name);
    for (const required of component === undefined ? [] : requiredComponents(component)) reached.add(required.name);
  }
  return reached;
}

function node(kind: GraphNode['kind'], name: string): GraphNode {
  return { kind, name };
}
