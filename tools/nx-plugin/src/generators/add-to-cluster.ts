import { editedYaml } from '@fluxwright/documents';
import type { Tree } from '@nx/devkit';
import { isSeq } from 'yaml';

/** What to add to a list of a cluster's spec. */
interface Addition {
  readonly list: 'components' | 'products';
  readonly name: string;
}

/** Appends a name to a list in a cluster's manifest; its comments stay. Throws where the cluster does not exist. */
export function addToCluster(tree: Tree, cluster: string, addition: Addition): void {
  const file = `clusters/${cluster}/cluster.yaml`;
  const text = tree.read(file, 'utf8');
  if (text === null) throw new Error(`There is no cluster "${cluster}": ${file} does not exist.`);
  const path = ['spec', addition.list];
  const edited = editedYaml(text, (manifest) => {
    const list = manifest.getIn(path);
    if (isSeq(list)) list.add(addition.name);
    else manifest.setIn(path, manifest.createNode([addition.name]));
  });
  if (edited === undefined) throw new Error(`${file} is not valid YAML; mend it first.`);
  tree.write(file, edited);
}
