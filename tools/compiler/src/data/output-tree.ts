/** One file of a cluster's tree. */
export interface OutputFile {
  /** From the cluster's output folder, with `/`. */
  readonly path: string;
  readonly text: string;
}

/** generated/<cluster> as bytes, sorted by path: what write puts on disk and what publish commits. */
export interface OutputTree {
  readonly cluster: string;
  readonly files: readonly OutputFile[];
}
