import type { Span } from '@fluxwright/diagnostics';
import type { JsonPath, NodePosition } from '@fluxwright/documents';
import { type Range, type Template, templateSpan } from '../template/template.ts';
import type { Piece } from '../template/template-run.ts';
import type { TracePoint } from './rendered-object.ts';

/** A rendered text that still knows its template. */
export interface TracedText {
  readonly template: Template;
  readonly pieces: readonly Piece[];
}

/** Where the value at `path` of a document came from; the nearest value above it where the path ends early. */
export function traceRendering(text: TracedText, root: NodePosition, path: JsonPath): TracePoint {
  const chain = [root];
  for (const key of path) {
    const next = chain.at(-1)?.children?.get(key);
    if (next === undefined) break;
    chain.push(next);
  }
  const node = chain.at(-1) as NodePosition;
  const first = pieceIndexAt(text.pieces, node.start);
  const last = node.children ? first : pieceIndexAt(text.pieces, Math.max(node.start, node.end - 1));
  const printed = text.pieces.slice(first, last + 1).filter(({ type }) => type === 'print');
  const [only] = printed;
  const length = node.children ? 0 : node.end - node.start;
  if (only === undefined) return { span: spanAt(text, node.start, length), reads: [], inside: [] };
  return {
    span: templateSpan(text.template, only.source),
    reads: printed.length === 1 ? only.reads : printed.flatMap(({ reads }) => reads),
    inside: printed.length === 1 && first === last ? insideOf(text.pieces, { chain, path, piece: first }) : [],
  };
}

/** Where the key of the value at `path` was written; undefined where no key stands there, or it was printed together with its value. */
export function traceKey(text: TracedText, root: NodePosition, path: JsonPath): TracePoint | undefined {
  const key = path.at(-1);
  const node = path.reduce<NodePosition | undefined>((at, each) => at?.children?.get(each), root);
  if (typeof key !== 'string' || node === undefined) return undefined;
  const first = pieceIndexAt(text.pieces, node.key);
  const printed = text.pieces
    .slice(first, pieceIndexAt(text.pieces, node.start))
    .filter(({ type }) => type === 'print');
  if (printed.length === 0 && text.pieces[first]?.type === 'print') return undefined;
  return { span: spanAt(text, node.key, key.length), reads: printed.flatMap(({ reads }) => reads), inside: [] };
}

/** The place in the template of the output's character at `offset`. */
export function spanAt({ template, pieces }: TracedText, offset: number, length = 0): Span {
  const piece = pieces[pieceIndexAt(pieces, offset)];
  if (piece === undefined) return { file: template.file };
  return templateSpan(template, piece.type === 'print' ? piece.source : within(piece, offset, length));
}

function within(piece: Piece, offset: number, length: number): Range {
  const start = piece.source.start + offset - piece.start;
  return { start, end: Math.min(start + length, piece.source.end) };
}

interface Place {
  readonly chain: readonly NodePosition[];
  readonly path: JsonPath;
  readonly piece: number;
}

/** The end of the path that lies wholly inside what one statement printed: its keys are keys of the printed value. */
function insideOf(pieces: readonly Piece[], { chain, path, piece }: Place): JsonPath {
  let top = chain.length - 1;
  while (top > 0 && pieceIndexAt(pieces, (chain[top - 1] as NodePosition).start) === piece) top -= 1;
  const isKeyPrinted = top > 0 && pieceIndexAt(pieces, (chain[top] as NodePosition).key) === piece;
  return path.slice(isKeyPrinted ? top - 1 : top, chain.length - 1);
}

/** Index of the piece that wrote the character at `offset`. */
function pieceIndexAt(pieces: readonly Piece[], offset: number): number {
  let low = 0;
  let high = pieces.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((pieces[middle] as Piece).start <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
