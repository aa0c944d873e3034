/** A file of a tree as text. */
export interface FileText {
  /** From the tree's folder, with `/`. */
  readonly path: string;
  readonly text: string;
}
