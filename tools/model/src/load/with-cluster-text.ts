import type { Staged } from '@fluxwright/diagnostics';
import { readManifest } from './manifest.ts';
import type { Workspace } from './workspace.ts';

/** The same workspace with another text in a cluster.yaml, as if it were on the disk; undefined where the text is not valid. */
export function withClusterText(workspace: Workspace, name: string, text: string): Staged<Workspace | undefined> {
  const folder = `clusters/${name}`;
  const file = `${folder}/cluster.yaml`;
  const { value: manifest, diagnostics } = readManifest('cluster', file, text);
  if (manifest === undefined) return { value: undefined, diagnostics };
  const cluster = { name, folder, manifest: manifest.document, spec: manifest.spec };
  const value = {
    ...workspace,
    clusters: new Map(workspace.clusters).set(name, cluster),
    sources: new Map(workspace.sources).set(file, text),
  };
  return { value, diagnostics };
}
