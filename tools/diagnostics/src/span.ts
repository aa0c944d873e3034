/**
 * A stretch of text in one source file. Lines and columns count from 1, as editors show them; a column counts UTF-16
 * code units. `end` is exclusive. A span without `start` names the file as a whole (it is missing, binary or too big).
 */
export interface Span {
  /** Path from the workspace root, with `/` on every platform. */
  readonly file: string;
  readonly start?: Position;
  readonly end?: Position;
}

export interface Position {
  readonly line: number;
  readonly column: number;
}
