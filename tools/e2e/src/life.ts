import { join } from 'node:path';
import { allAddresses } from './addresses.ts';
import { type Api, connectApi } from './api.ts';
import { definitionGroups } from './definition-groups.ts';
import { awaitTree, bootstrap, kustomizationsPath, pushFleet, releasesPath, replaceFleet } from './fleet.ts';
import { playOperators } from './operators.ts';
import { playCluster } from './play-cluster.ts';
import { type Recording, record } from './record.ts';
import { serveCharts } from './serve-charts.ts';
import type { Stack } from './stack.ts';
import { readTree, type Tree } from './tree.ts';
import type { WorkspaceCopy } from './workspace-copy.ts';

/** A cluster on the stack that is fed from a workspace of its own. */
export interface Life {
  readonly api: Api;
  /** All that happened to FluxKustomizations and HelmReleases, from before the first commit. */
  readonly recording: Recording;
  /** What the fleet repository holds now. */
  tree(): Tree;
  /** The tree in a folder of trees of the workspace, with the addresses of the stack. */
  built(trees?: string): Tree;
  /** Replaces what the fleet repository holds; Flux looks at once. Returns the version of the last event before. */
  push(tree: Tree): Promise<number>;
  /** As {@link Life.push}, and waits until every FluxKustomization is Ready at the new revision. */
  publish(tree: Tree): Promise<number>;
  end(): void;
}

/** Serves charts and sources of the tree that the workspace has built, and bootstraps the cluster with it. Does not wait. */
export async function beginLife(stack: Stack, workspace: WorkspaceCopy, cluster: string): Promise<Life> {
  const built = (trees = 'generated'): Tree => {
    const folder = join(workspace.root, trees, cluster);
    return readTree(folder, allAddresses(stack, readTree(folder)));
  };
  let tree = built();
  const api = connectApi(stack);
  await serveCharts(stack, readTree(join(workspace.root, 'generated', cluster)));
  await pushFleet(stack, tree);
  const recording = record(api, [kustomizationsPath, releasesPath]);
  const stops = [playOperators(api, tree, definitionGroups(workspace.root)), playCluster(api), recording.stop];
  await bootstrap(stack, tree);
  const replace = async (next: Tree): Promise<{ readonly since: number; readonly revision: string }> => {
    const since = recording.events().at(-1)?.version ?? 0;
    tree = next;
    return { since, revision: await replaceFleet(stack, api, next) };
  };
  return {
    api,
    recording,
    tree: () => tree,
    built,
    push: async (next) => (await replace(next)).since,
    publish: async (next) => {
      const { since, revision } = await replace(next);
      await awaitTree(api, next, { seconds: 300, revision });
      return since;
    },
    end: () => {
      for (const stop of stops) stop();
    },
  };
}
