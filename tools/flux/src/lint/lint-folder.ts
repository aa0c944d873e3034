import { type Diagnostic, diagnostic, sortDiagnostics } from '@fluxwright/diagnostics';
import { type BuiltTree, buildTree } from '../build/build-tree.ts';
import { renderEngine } from '../build/render-engine.ts';
import { readTreeFiles, type TreeFiles } from '../build/tree-files.ts';
import { fluxVersion } from '../version/flux-version.ts';
import { lintTree } from './lint-tree.ts';

export interface LintOptions {
  /** A folder that Flux applies, or a repository of such. */
  readonly folder: string;
  /** Version of Flux: `2.8`, or with its patch `2.8.5`. */
  readonly flux: string;
  /** Folder that positions name before each path; none by default, so that they start at `folder`. */
  readonly shown?: string;
}

export interface LintResult {
  readonly diagnostics: readonly Diagnostic[];
  /** Text of every file that was read, by the path that positions name: printers show lines of it. */
  readonly sources: ReadonlyMap<string, string>;
  /** How many objects were looked at. */
  readonly objects: number;
}

/**
 * Lints a tree that anybody wrote: builds what Flux builds of it, and says what the rules for that Flux find. Hidden
 * folders, node_modules, charts and symlinks are not followed; what is no Kubernetes object is passed over. Rejects with a
 * RangeError for a version that is no Flux 2.
 */
export async function lintFolder({ folder, flux, shown = '' }: LintOptions): Promise<LintResult> {
  const version = fluxVersion(flux);
  if (version === undefined) throw new RangeError(`"${flux}" is no version of Flux 2`);
  const files = readTreeFiles(folder, shown);
  const built = await buildTree(files, renderEngine);
  return {
    diagnostics: sortDiagnostics([...yamlFaults(files, built), ...lintTree(built.tree, version)]),
    sources: new Map(
      [...files.files.values()].filter(({ isYaml }) => isYaml).map((file) => [file.span(0, 0).file, file.text]),
    ),
    objects: built.tree.objects.length,
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
