import type { Tree } from '@nx/devkit';
import { checkNewName } from '../check-new-name.ts';
import { copyCluster } from './copy-cluster.ts';
import { minimalCluster } from './minimal-cluster.ts';
import type { ClusterOptions } from './schema.ts';

/** Writes a cluster: a copy of one that works, or a minimal one in a workspace that has none. */
export function clusterGenerator(tree: Tree, options: ClusterOptions): void {
  checkNewName(tree, 'cluster', options.name);
  const domain = options.domain ?? `${options.name}.example.com`;
  const from = options.from ?? firstCluster(tree);
  const text =
    from === undefined
      ? minimalCluster(tree, { name: options.name, domain })
      : copyCluster(readCluster(tree, from), { name: options.name, domain });
  tree.write(`clusters/${options.name}/cluster.yaml`, text);
}

function firstCluster(tree: Tree): string | undefined {
  return tree
    .children('clusters')
    .filter((name) => tree.exists(`clusters/${name}/cluster.yaml`))
    .sort()[0];
}

function readCluster(tree: Tree, name: string): string {
  const text = tree.read(`clusters/${name}/cluster.yaml`, 'utf8');
  if (text === null) throw new Error(`There is no cluster "${name}": clusters/${name}/cluster.yaml does not exist.`);
  return text;
}
