import type { Span } from '@fluxwright/diagnostics';
import type { JsonObject, JsonPath } from '@fluxwright/documents';
import type { ObjectId } from '@fluxwright/kubernetes';

/** A Kubernetes object of a tree, whoever wrote it. */
export interface LintObject extends ObjectId {
  readonly apiVersion: string;
  readonly object: JsonObject;
  /** From the root of the tree. */
  readonly file: string;
  /** The name in its file, where a build has given it another. */
  readonly writtenName?: string;
  /** The lines that the value at a path comes from, the nearest first. */
  locate(path: JsonPath, part?: 'key' | 'value'): readonly Span[];
}

/** A `kustomization.yaml`. */
export interface KustomizationFile extends Pick<LintObject, 'object' | 'file' | 'locate'> {
  /** From the root of the tree; '' for the root itself. */
  readonly folder: string;
}

/** A FluxKustomization and what it makes of its folder. */
export interface AppliedTree {
  readonly kustomization: LintObject;
  /** From the root of the tree; '' for the root itself. */
  readonly folder: string;
  readonly objects: readonly LintObject[];
  /** Why its folder cannot be built. */
  readonly fault?: string;
}

/** A tree that Flux applies. */
export interface LintTree {
  readonly objects: readonly LintObject[];
  /** Absent where the tree is not on a disk, and its kustomization files are the compiler's business. */
  readonly kustomizationFiles?: readonly KustomizationFile[];
  /** What each FluxKustomization applies whose folder is in the tree; absent where the folders of the objects say it. */
  readonly applied?: readonly AppliedTree[];
}
