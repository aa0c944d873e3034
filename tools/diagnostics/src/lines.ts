import type { Position } from './span.ts';

/** The lines of a text, without their ends; see {@link lineStarts}. */
export function linesOf(text: string): readonly string[] {
  return text.split(/\r\n?|\n/);
}

/**
 * Offsets at which the lines of a text begin. CR LF, LF and CR alone all end a line, as in editors (Language Server Protocol 3.17,
 * "Text Documents"), YAML 1.2.2 §5.4 and Handlebars' lexer. Whatever tells or shows a line counts by this one rule.
 */
export function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (const match of text.matchAll(/\r\n?|\n/g)) starts.push(match.index + match[0].length);
  return starts;
}

/** Line and column, both from 1, of the character at `offset`, in UTF-16 code units. */
export function positionAt(starts: readonly number[], offset: number): Position {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] as number) <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: offset - (starts[low] as number) + 1 };
}
