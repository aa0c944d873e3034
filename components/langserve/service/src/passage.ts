/** A piece of text, and where it comes from. */
export interface Passage {
  readonly text: string;
  /** A URL, or what the one who brought it called it. */
  readonly source: string;
}
