import { quoting } from '@fluxwright/documents';
import { parseDocument } from 'yaml';
import type { ClusterIdentity } from './cluster-identity.ts';

/**
 * A cluster manifest under another name and domain; comments stay. The peer is dropped, because a pair names each other,
 * and so is git.path, whose default follows the name.
 */
export function copyCluster(text: string, identity: ClusterIdentity): string {
  const manifest = parseDocument(text, { compat: quoting });
  if (manifest.errors.length > 0) throw new Error('The cluster to copy is not valid YAML; mend it first.');
  manifest.setIn(['metadata', 'name'], identity.name);
  manifest.setIn(['spec', 'domain'], identity.domain);
  for (const path of [
    ['spec', 'disasterRecovery'],
    ['spec', 'git', 'path'],
  ]) {
    if (manifest.hasIn(path)) manifest.deleteIn(path);
  }
  return manifest.toString({ lineWidth: 0 });
}
