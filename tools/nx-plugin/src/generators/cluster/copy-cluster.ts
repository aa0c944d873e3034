import { editedYaml } from '@fluxwright/documents';
import type { ClusterIdentity } from './cluster-identity.ts';

/**
 * A cluster manifest under another name and domain; comments stay. The peer is dropped, because a pair names each other,
 * and so is git.path, whose default follows the name.
 */
export function copyCluster(text: string, identity: ClusterIdentity): string {
  const edited = editedYaml(text, (manifest) => {
    manifest.setIn(['metadata', 'name'], identity.name);
    manifest.setIn(['spec', 'domain'], identity.domain);
    for (const path of [
      ['spec', 'disasterRecovery'],
      ['spec', 'git', 'path'],
    ]) {
      if (manifest.hasIn(path)) manifest.deleteIn(path);
    }
  });
  if (edited === undefined) throw new Error('The cluster to copy is not valid YAML; mend it first.');
  return edited;
}
