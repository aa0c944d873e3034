import { maxDepth } from './yaml-tokens.ts';

/** Offset of the bracket at which a JSON text nests deeper than {@link maxDepth} levels; undefined where it never does. */
export function tooDeepAt(source: string): number | undefined {
  let depth = 0;
  for (let at = 0; at < source.length; at += 1) {
    const character = source[at];
    if (character === '"') at = endOfText(source, at);
    else if (character === '}' || character === ']') depth -= 1;
    else if (character === '{' || character === '[') {
      depth += 1;
      if (depth > maxDepth) return at;
    }
  }
  return undefined;
}

/** Offset of the quote that ends a text, from that which begins it. */
function endOfText(source: string, start: number): number {
  let at = start + 1;
  while (at < source.length && source[at] !== '"') at += source[at] === '\\' ? 2 : 1;
  return at;
}
