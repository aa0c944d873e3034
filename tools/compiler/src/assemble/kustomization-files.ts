import { posix } from 'node:path';
import type { StageId } from '@fluxwright/model';
import type { OutputFile } from '../data/output-tree.ts';
import type { RenderedCluster } from '../data/rendered-cluster.ts';
import { stageFolder } from '../plan/stage-part.ts';
import { generatedHeader } from './generated-header.ts';

/** A folder of objects and what its KustomizationFile lists. */
export interface ListedFolder {
  /** From the tree's folder. */
  readonly folder: string;
  /** The manifest to edit when the list should change. */
  readonly source: string;
  /** Sorted. */
  readonly entries: readonly string[];
}

/**
 * One KustomizationFile for each folder that holds objects: an explicit, sorted list of its files, because
 * kustomize-controller applies every YAML file below a path that has none (its docs/spec/v1/kustomizations.md,
 * "Generate kustomization.yaml"). A copied Kustomize base is listed as its folder. A folder without objects gets none:
 * kustomize refuses an empty one.
 */
export function kustomizationFiles(rendered: RenderedCluster): OutputFile[] {
  return listedFolders(rendered).map(({ folder, source, entries }) => ({
    path: `${folder}/kustomization.yaml`,
    text: kustomizationText(source, entries),
  }));
}

/** The folders of a cluster's tree that hold objects. */
export function listedFolders(rendered: RenderedCluster): readonly ListedFolder[] {
  const folders = new Map<string, { readonly source: string; readonly entries: Set<string> }>();
  const add = (folder: string, entry: string, stage?: StageId): void => {
    const known = folders.get(folder);
    if (known === undefined) folders.set(folder, { source: manifestOf(rendered, stage), entries: new Set([entry]) });
    else known.entries.add(entry);
  };
  for (const { path, origin, copied } of rendered.resources) {
    const inStage = path.startsWith('components/') ? origin.stage : undefined;
    if (copied !== true) add(posix.dirname(path), posix.basename(path), inStage);
  }
  for (const { stage } of rendered.copies) add(stageFolder(stage), 'kustomize', stage);
  if (folders.has('kustomizations')) add('flux-system', '../kustomizations');
  return [...folders].map(([folder, { source, entries }]) => ({ folder, source, entries: [...entries].sort() }));
}

function kustomizationText(source: string, entries: readonly string[]): string {
  const list = entries.map((entry) => `  - ${entry}\n`).join('');
  return `${generatedHeader(source)}apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:\n${list}`;
}

/** component.yaml for the folder of a stage, cluster.yaml for what ties the stages together. */
function manifestOf({ cluster }: RenderedCluster, stage: StageId | undefined): string {
  const found = [...cluster.components, ...cluster.standbys].find(
    ({ component }) => component.name === stage?.component,
  );
  return found?.component.manifest.file ?? cluster.file;
}
