import { lineStarts, type Span } from '@fluxwright/diagnostics';
import type { NodePosition } from '@fluxwright/documents';
import { plainText } from '../plain-text.ts';
import { spanAt } from '../trace-rendering.ts';

/** A text in a file: a whole one, or what one of its scalars holds. */
export interface InnerText {
  readonly text: string;
  /** The place of a stretch of it. */
  spanOf(offset: number, length: number): Span;
}

/** A file as a text of its own. */
export function wholeText(file: { readonly file: string; readonly text: string }): InnerText {
  const traced = plainText(file);
  return { text: file.text, spanOf: (offset, length) => spanAt(traced, offset, length) };
}

/**
 * What a scalar of a file holds. In a literal block each line is a line of the file behind its indentation (YAML 1.2.2 §8.1.2);
 * of any other scalar the whole is the place.
 */
export function scalarText(
  file: { readonly file: string; readonly text: string },
  node: NodePosition,
  text: string,
): InnerText {
  const outer = wholeText(file);
  const raw = file.text.slice(node.start, node.end);
  const body = raw.indexOf('\n') + 1;
  const indent = /^ *(?=[^\s])/m.exec(raw.slice(body))?.[0].length ?? 0;
  if (!raw.startsWith('|') || body === 0)
    return { text, spanOf: () => outer.spanOf(node.start, node.end - node.start) };
  const starts = lineStarts(raw.slice(body)).map((start) => node.start + body + start);
  return {
    text,
    spanOf(offset, length) {
      const before = text.slice(0, offset);
      const line = before.split('\n').length - 1;
      const column = offset - (before.lastIndexOf('\n') + 1);
      return outer.spanOf((starts[line] ?? node.start) + indent + column, length);
    },
  };
}
