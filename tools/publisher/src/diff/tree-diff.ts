import type { ObjectId } from '@fluxwright/kubernetes';
import type { FieldChange } from './field-changes.ts';

/** What happens to one Kubernetes object. A moved one may have changed fields, too. */
export interface ObjectChange {
  readonly change: 'added' | 'removed' | 'changed' | 'moved';
  readonly id: ObjectId;
  /** File that holds it, from the cluster's folder: the old one where it is removed. */
  readonly path: string;
  /** The file it was in, where it moved. */
  readonly from?: string;
  /** Empty for what is added or removed as a whole. */
  readonly fields: readonly FieldChange[];
}

/** What happens to a file that holds no Kubernetes objects, or whose objects stay as they are. */
export interface FileChange {
  readonly change: 'added' | 'removed' | 'changed';
  readonly path: string;
  /** What hunks do not show: `line ends only`, `was executable`. */
  readonly note?: string;
  /** The difference as unified hunks without headers; '' for binary files. Secrets are masked. */
  readonly hunks: string;
}

/** A version that changes: of a chart, an upstream source or an image. */
export interface VersionChange {
  readonly kind: 'chart' | 'source' | 'image';
  readonly id: ObjectId;
  readonly path: string;
  readonly before?: string;
  readonly after?: string;
}

/** Something that deserves a second look before it is published. */
export interface Danger {
  readonly id: ObjectId;
  readonly message: string;
  /** True where publish refuses it, since nobody acknowledged it. */
  readonly refused: boolean;
}

/** A FluxKustomization that finds something new in its folder, and when its turn comes. */
export interface Wake {
  /** Its name; of one outside of flux-system with its namespace before it. */
  readonly fluxKustomization: string;
  /** From 1; equal for those that do not wait for each other. */
  readonly wave: number;
  /** How many objects it applies anew, changes or prunes. */
  readonly objects: number;
}

/** All that publishing one cluster's tree would change. Lists are sorted. */
export interface TreeDiff {
  readonly cluster: string;
  readonly objects: readonly ObjectChange[];
  readonly files: readonly FileChange[];
  /** Files of the compiler's own books that differ: the record, provenance, lists of files. */
  readonly bookkeeping: readonly string[];
  readonly versions: readonly VersionChange[];
  readonly dangers: readonly Danger[];
  readonly wakes: readonly Wake[];
}

/** True where nothing at all would change. */
export function isEmptyDiff({ objects, files, bookkeeping }: TreeDiff): boolean {
  return objects.length + files.length + bookkeeping.length === 0;
}
