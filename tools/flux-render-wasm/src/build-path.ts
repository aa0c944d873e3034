import type { Pool } from '@fluxwright/wasm-host';
import { callEngine } from './call-engine.ts';
import { type FileTree, flattenTree } from './file-tree.ts';
import { type ObjectHead, objectReader, type RenderedObject } from './rendered-object.ts';

/** What to build. */
export interface BuildOptions {
  /** All files of the source (the Git repository or OCI artifact): nothing else can be read. */
  readonly files: FileTree;
  /** The folder to build; the source's root when left out. A leading `./` is allowed. */
  readonly path?: string;
  /**
   * The FluxKustomization, or as much of it as changes a build: `spec.targetNamespace`, `namePrefix`, `nameSuffix`,
   * `patches`, `images`, `components`, `ignoreMissingComponents`, `buildMetadata`, `commonMetadata`, `postBuild`.
   * Its `spec.path` is not read.
   */
  readonly fluxKustomization?: Readonly<Record<string, unknown>>;
  /** What `postBuild.substituteFrom` names, in the FluxKustomization's namespace. */
  readonly substituteFrom?: readonly VariableSource[];
  /** Fail on a variable that has neither value nor default: the default, as in Flux 2.9. */
  readonly strict?: boolean;
  /** Bound of this call; the pool's when left out. */
  readonly timeoutMs?: number;
}

/** The data of a ConfigMap or Secret, a Secret's already decoded. */
export interface VariableSource {
  readonly kind: 'ConfigMap' | 'Secret';
  readonly name: string;
  readonly data: Readonly<Record<string, string>>;
}

/** An object of a build. */
export interface BuiltObject extends RenderedObject {
  /** For a generated object: the kustomization file that asked for it. */
  readonly configuredIn?: string;
}

/** A built folder. */
export interface BuildResult {
  /** In kustomize's order. */
  readonly objects: readonly BuiltObject[];
  /** The kustomization file that Flux wrote, from the folder's own or, when `generated`, from its manifests. */
  readonly kustomization: { readonly path: string; readonly content: string; readonly generated: boolean };
}

type Output = Pick<BuildResult, 'kustomization'> & {
  readonly objects: readonly (ObjectHead & Pick<BuiltObject, 'configuredIn'>)[];
};

/** Builds one folder as kustomize-controller does. Rejects with a RenderError for a source at fault. */
export async function buildPath(pool: Pool, options: BuildOptions, outputBytes: number): Promise<BuildResult> {
  const { files, parts } = flattenTree(options.files);
  const input = {
    files,
    path: options.path ?? '.',
    fluxKustomization: options.fluxKustomization,
    sources: options.substituteFrom,
    strict: options.strict ?? true,
    maxOutputBytes: outputBytes,
  };
  const reply = await callEngine<Output>(pool, { op: 'build', input, parts }, options.timeoutMs);
  return { ...reply.output, objects: objectReader(reply.parts)(reply.output.objects) };
}
