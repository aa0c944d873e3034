import { hash } from 'node:crypto';
import type { Diagnostic } from '@fluxwright/diagnostics';
import {
  type Cluster,
  type ClusterFacts,
  checkFleet,
  clusterFacts,
  readOtherCluster,
  uniqueValues,
  type Workspace,
} from '@fluxwright/model';
import { compilerState } from './compiler-state.ts';
import { openStamps } from './stamp-store.ts';
import { workspaceDigests } from './workspace-digests.ts';

interface Known {
  readonly key: string;
  readonly facts: ClusterFacts;
}

/**
 * What the clusters of the whole fleet have in common and must not, by the clusters that take part; also where only one of
 * them is compiled. With a `folder` the facts of a cluster are read anew only where something has changed that decides them.
 */
export function fleetFindings(workspace: Workspace, folder?: string): ReadonlyMap<string, readonly Diagnostic[]> {
  const stamps =
    folder === undefined ? undefined : openStamps<Record<string, Known>>(folder, workspace.root, compilerState());
  const before = stamps?.get('fleet') ?? {};
  const shared = sharedDigest(workspace);
  const after: Record<string, Known> = {};
  for (const name of workspace.clusterNames) {
    const read = clusterOf(workspace, name);
    if (read === undefined) continue;
    const key = hash('sha256', JSON.stringify([shared, read.text]), 'hex');
    const known = before[name];
    const cluster = known?.key === key ? undefined : read.parse();
    if (known?.key === key) after[name] = known;
    else if (cluster !== undefined) after[name] = { key, facts: clusterFacts(workspace, cluster) };
  }
  if (Object.entries(after).some(([name, { key }]) => before[name]?.key !== key)) stamps?.set('fleet', after);
  const findings = checkFleet(Object.values(after).map(({ facts }) => facts));
  return Map.groupBy(findings, ({ cluster = '' }) => cluster);
}

function clusterOf(
  { root, clusters, broken }: Workspace,
  name: string,
): { readonly text: string; readonly parse: () => Cluster | undefined } | undefined {
  const loaded = clusters.get(name);
  if (loaded !== undefined) return { text: loaded.manifest.text, parse: () => loaded };
  return broken.has(`clusters/${name}`) ? undefined : readOtherCluster(root, name);
}

/** What decides the facts of every cluster: the defaults, the catalogue, and the values that schemas want to be unique. */
function sharedDigest(workspace: Workspace): string {
  const unique = [...workspace.components.values()].filter((component) => uniqueValues(component).length > 0);
  const texts = unique.map(({ schema, defaults, answers }) => [
    schema.text,
    defaults?.text,
    answers.map(({ document }) => [document.file, document.text]),
  ]);
  const { catalogue } = workspaceDigests(workspace);
  return hash('sha256', JSON.stringify([catalogue, workspace.defaults?.text, texts]), 'hex');
}
