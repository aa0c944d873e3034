import type { GraphEdge, GraphNode } from '@fluxwright/model';
import { type CreateDependencies, DependencyType, type RawProjectGraphDependency } from '@nx/devkit';
import type { EdgeRecords } from './edge-store.ts';
import { fileHashes } from './file-hashes.ts';
import { readEdges } from './read-edges.ts';

/**
 * Edges of the project graph from the manifests alone: cluster → product → component, and from every cluster to the
 * compiler and every component to what tests it, since a change there can change its tree or the outcome of its tests. The clusters of a pair
 * have no edge: what one takes from the other is one file, and that is an input of its targets (see clusterTargets). All
 * edges are implicit ones: Nx keeps the static edges of a file until that file itself changes, and ours follow from other
 * files, too.
 */
export const createDependencies: CreateDependencies = (_options, context) => {
  const records = readEdges(context.workspaceRoot, fileHashes(context.fileMap));
  const byRoot = new Map(Object.entries(context.projects).map(([name, { root }]) => [root, name]));
  const projectOf = (node: GraphNode): string | undefined => byRoot.get(folderOf(node, records));
  const targets = targetsIn(records, { projectOf, packages: new Set(Object.keys(context.externalNodes ?? {})) });
  const found = new Map<string, RawProjectGraphDependency>();
  const add = (source: string, target: string): void => {
    if (source !== target) found.set(`${source} ${target}`, { source, target, type: DependencyType.implicit });
  };
  for (const edge of allEdges(records)) {
    const source = projectOf(edge.from);
    if (source === undefined) continue;
    for (const target of targets(edge.to)) add(source, target);
  }
  const components = [...byRoot.keys()].filter((folder) => /^components\/[^/]+$/.test(folder));
  const made: readonly (readonly [string, string])[] = [
    ...Object.keys(records.clusters).map((name) => [`clusters/${name}`, 'tools/compiler'] as const),
    ...components.map((folder) => [folder, 'tools/component-test'] as const),
  ];
  for (const [folder, tool] of made) {
    const [source, target] = [byRoot.get(folder), byRoot.get(tool)];
    if (source !== undefined && target !== undefined) add(source, target);
  }
  return [...found.values()];
};

function allEdges({ catalogue, clusters }: EdgeRecords): readonly GraphEdge[] {
  return [...catalogue.edges, ...Object.values(clusters).flatMap(({ edges }) => edges)].filter(
    ({ to }) => to.kind !== 'cluster',
  );
}

function folderOf({ kind, name }: GraphNode, { catalogue }: EdgeRecords): string {
  return kind === 'component' ? (catalogue.folders[name] ?? `components/${name}`) : `${kind}s/${name}`;
}

interface Known {
  readonly projectOf: (node: GraphNode) => string | undefined;
  readonly packages: ReadonlySet<string>;
}

/**
 * What an edge to a node points at: its project. A component that npm installed is no project but an npm package, and
 * that has no edges for us; so whatever points at it points at what it needs, too.
 */
function targetsIn(records: EdgeRecords, { projectOf, packages }: Known): (node: GraphNode) => readonly string[] {
  const edges = Map.groupBy(records.catalogue.edges, ({ from }) => `${from.kind} ${from.name}`);
  const targets = (node: GraphNode, seen: ReadonlySet<string>): readonly string[] => {
    const project = projectOf(node);
    const key = `${node.kind} ${node.name}`;
    if (project !== undefined) return [project];
    if (seen.has(key)) return [];
    const npm = `npm:${folderOf(node, records).replace(/^(.*\/)?node_modules\//, '')}`;
    const needed = (edges.get(key) ?? []).flatMap(({ to }) => targets(to, new Set([...seen, key])));
    return [...(packages.has(npm) ? [npm] : []), ...needed];
  };
  return (node) => targets(node, new Set());
}
