import type { JsonValue } from '@fluxwright/documents';
import type { FluxTree } from '@fluxwright/flux';
import { updateRules } from '@fluxwright/kubernetes';
import { listedFolders } from '../assemble/kustomization-files.ts';
import type { OutputFile, OutputTree } from '../data/output-tree.ts';
import type { RenderedCluster } from '../data/rendered-cluster.ts';
import { generatedTree } from './generated-tree.ts';

/** An old tree and the new one, read alike. */
export interface TreePair {
  readonly before: FluxTree;
  readonly after: FluxTree;
}

/**
 * Reads the old files beside the new tree. Objects of the new one come from `rendered`, and files that did not change are
 * read once for both. `shown` is the folder that positions name.
 */
export function treePair(
  tree: OutputTree,
  rendered: RenderedCluster,
  { previous, shown }: { readonly previous: readonly OutputFile[]; readonly shown: string },
): TreePair {
  const known = new Map<string, JsonValue[]>();
  for (const { path, object, copied } of rendered.resources) {
    if (copied !== true) known.set(path, [object]);
  }
  for (const { folder, entries } of listedFolders(rendered)) {
    const list = { apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization', resources: entries };
    known.set(`${folder}/kustomization.yaml`, [list]);
  }
  const { cluster } = tree;
  const kinds = rendered.cluster.components.flatMap(({ component }) => component.spec.provides?.kinds ?? []);
  const updates = updateRules(kinds, rendered.cluster.spec.kubernetes.version);
  const after = { ...generatedTree(tree.files, { cluster, shown, known }), updates };
  const old = new Map(previous.map(({ path, text }) => [path, text]));
  const same = new Map([...known].filter(([path]) => old.get(path) === after.files.get(path)));
  return { before: generatedTree(previous, { cluster, shown, known: same }), after };
}
