import { byPath } from '@fluxwright/documents';
import type { OutputFile, OutputTree } from '../data/output-tree.ts';
import type { RenderedCluster } from '../data/rendered-cluster.ts';
import { dataOfTree } from './data-kinds.ts';
import { recordFile } from './file-record.ts';
import { kustomizationFiles } from './kustomization-files.ts';
import { objectText } from './object-text.ts';
import { provenanceFile } from './provenance-file.ts';
import { requiredComponents } from './required-components.ts';
import { volumeSizes } from './volume-sizes.ts';

/** What the tree records about its making. */
export interface TreeIdentity {
  /** From {@link inputDigest}. */
  readonly input: string;
  /** Version of the compiler. */
  readonly compiler: string;
}

/**
 * The bytes of a cluster's tree: one object a file, a KustomizationFile for each folder of objects, copied files as they
 * are, provenance.json and .fluxwright.json. Sorted by path; the same rendered cluster gives the same bytes anywhere.
 * Throws where two files claim one path: plan promises that none do.
 */
export function assembleTree(rendered: RenderedCluster, identity: TreeIdentity): OutputTree {
  const files: OutputFile[] = [
    ...rendered.resources
      .filter(({ copied }) => copied !== true)
      .map(({ path, object, origin }) => ({ path, text: objectText(object, origin.span.file) })),
    ...rendered.copies.map(({ path, text }) => ({ path, text })),
    ...(rendered.bootstrap?.files ?? []).map(({ path, text }) => ({ path, text })),
    ...kustomizationFiles(rendered),
    provenanceFile(rendered),
  ].sort(byPath);
  for (const [index, { path }] of files.entries()) {
    if (files[index + 1]?.path === path) throw new Error(`two files claim ${path} of cluster ${rendered.cluster.name}`);
  }
  const cluster = rendered.cluster.name;
  const record = recordFile(files, {
    cluster,
    ...identity,
    required: [...requiredComponents(rendered.cluster).keys()],
    data: dataOfTree(rendered),
    volumes: volumeSizes(rendered),
  });
  return { cluster, files: [...files, record].sort(byPath) };
}
