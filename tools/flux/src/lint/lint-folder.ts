import { type Diagnostic, sortDiagnostics } from '@fluxwright/diagnostics';
import { type FolderOptions, type ReadFolder, readFolder } from '../build/read-folder.ts';
import { fluxVersion } from '../version/flux-version.ts';
import { lintTrees } from './lint-trees.ts';

export interface LintOptions extends FolderOptions {
  /** Version of Flux: `2.8`, or with its patch `2.8.5`. */
  readonly flux: string;
}

export interface LintResult extends Pick<ReadFolder, 'sources' | 'objects'> {
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Lints what anybody wrote: reads it as {@link readFolder} does, and says what the rules for that Flux find. Rejects with a
 * RangeError for a version that is no Flux 2.
 */
export async function lintFolder({ flux, ...options }: LintOptions): Promise<LintResult> {
  const version = fluxVersion(flux);
  if (version === undefined) throw new RangeError(`"${flux}" is no version of Flux 2`);
  const { trees, diagnostics, ...read } = await readFolder(options);
  return { ...read, diagnostics: sortDiagnostics([...diagnostics, ...lintTrees(trees, version)]) };
}
