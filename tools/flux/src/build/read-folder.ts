import type { Diagnostic } from '@fluxwright/diagnostics';
import { diagnostic } from '@fluxwright/diagnostics';
import { type FluxTree, fluxTreeOf } from '../tree/flux-tree.ts';
import { type BuiltTree, buildTree } from './build-tree.ts';
import { clusterViews } from './cluster-views.ts';
import { renderEngine } from './render-engine.ts';
import { readTreeFiles, type TreeFiles, treeFilesOfTexts } from './tree-files.ts';

export interface FolderOptions {
  /** A folder that Flux applies, or a repository of such. */
  readonly folder: string;
  /** Folder that positions name before each path; none by default, so that they start at `folder`. */
  readonly shown?: string;
}

/** What is in a folder. */
export interface ReadFolder {
  /** The tree of each cluster; more than one only where two clusters' FluxKustomizations have one name. */
  readonly trees: readonly FluxTree[];
  /** Files that something applies and that are no YAML. */
  readonly diagnostics: readonly Diagnostic[];
  /** Text of every YAML file that was read, by the path that positions name: printers show lines of it. */
  readonly sources: ReadonlyMap<string, string>;
  /** How many objects it holds. */
  readonly objects: number;
}

/**
 * Reads what anybody wrote as Flux does: builds every folder that a FluxKustomization applies, but for its variable
 * substitution. Hidden folders, node_modules, charts and symlinks are not followed; what is no Kubernetes object is
 * passed over.
 */
export function readFolder({ folder, shown = '' }: FolderOptions): Promise<ReadFolder> {
  return readTrees(readTreeFiles(folder, shown));
}

/** The same of files that are at hand: text by path, with `/`. */
export function readTexts(texts: Readonly<Record<string, string>>): Promise<ReadFolder> {
  return readTrees(treeFilesOfTexts(new Map(Object.entries(texts)), ''));
}

async function readTrees(files: TreeFiles): Promise<ReadFolder> {
  const built = await buildTree(files, renderEngine);
  return {
    trees: clusterViews(built.parts).map(fluxTreeOf),
    diagnostics: yamlFaults(files, built),
    sources: new Map(
      [...files.files.values()].filter(({ isYaml }) => isYaml).map((file) => [file.span(0, 0).file, file.text]),
    ),
    objects: built.parts.objects.length,
  };
}

/** The first fault of each file that something applies and that kustomize has not read nevertheless. */
function yamlFaults({ files }: TreeFiles, { applied, sound }: BuiltTree): readonly Diagnostic[] {
  return [...files.values()].flatMap((file) => {
    const [fault] = file.faults;
    if (fault === undefined || !applied.has(file.path) || sound.has(file.path)) return [];
    const span = file.span(fault.start, fault.end);
    const [sentence] = fault.message.split('\n');
    return diagnostic('lint/invalid-yaml', {
      message: `${span.file} is no valid YAML: Flux applies nothing of its folder`,
      primary: span,
      note: sentence ?? fault.message,
      help: `${fault.help}; or keep the file out of the folders that Flux applies`,
    });
  });
}
