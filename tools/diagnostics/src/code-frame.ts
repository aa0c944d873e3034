import stringWidth from 'fast-string-width';
import type { Span } from './span.ts';

/** The source line of a span and the columns a terminal needs to underline it. */
export interface CodeFrame {
  readonly line: number;
  readonly text: string;
  /** Terminal columns before the underlined part. */
  readonly offset: number;
  /** Terminal columns of the underlined part; at least one. */
  readonly width: number;
}

const tabWidth = 4;
const maxColumns = 100;

/**
 * The first line of a span, ready for a terminal: tabs become spaces, control characters (a terminal would obey them)
 * become `�`, and a long line is cut to the part round the span. Nothing where the span has no position in the text.
 */
export function codeFrame(span: Span, lines: readonly string[] | undefined): CodeFrame | undefined {
  if (span.start === undefined || lines === undefined) return undefined;
  const line = lines[span.start.line - 1];
  if (line === undefined) return undefined;
  const from = Math.min(span.start.column - 1, line.length);
  const end = span.end !== undefined && span.end.line === span.start.line ? span.end.column - 1 : line.trimEnd().length;
  const until = Math.max(end, from);
  // A line of a megabyte is cut before anything measures it.
  const before = printable(line.slice(Math.max(0, from - maxColumns), from));
  const marked = printable(line.slice(from, Math.min(until, from + maxColumns)), stringWidth(before));
  const after = printable(line.slice(until, until + maxColumns));
  return cut(span.start.line, before, marked, after);
}

/** Text without tabs and control characters; `column` is where it starts, for the tab stops. */
export function printable(text: string, column = 0): string {
  let result = '';
  for (const char of text) {
    if (char === '\t') result += ' '.repeat(tabWidth - ((column + stringWidth(result)) % tabWidth));
    else result += /[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u.test(char) ? '�' : char;
  }
  return result;
}

function cut(line: number, before: string, marked: string, after: string): CodeFrame {
  if (stringWidth(before + marked + after) <= maxColumns) {
    return {
      line,
      text: (before + marked + after).trimEnd(),
      offset: stringWidth(before),
      width: Math.max(1, stringWidth(marked)),
    };
  }
  const head = before.length > 40 ? `…${before.slice(-39)}` : before;
  const middle = marked.length > 60 ? `${marked.slice(0, 59)}…` : marked;
  const tail = after.length > 20 ? `${after.slice(0, 19)}…` : after;
  return {
    line,
    text: (head + middle + tail).trimEnd(),
    offset: stringWidth(head),
    width: Math.max(1, stringWidth(middle)),
  };
}
