import { maxDepth } from './yaml-tokens.ts';

/** Offset of the bracket at which a JSON text nests deeper than {@link maxDepth} levels; undefined where it never does. */
export function tooDeepAt(text: string): number | undefined {
  let depth = 0;
  let inText = false;
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at];
    if (inText) {
      if (char === '\\') at += 1;
      else if (char === '"') inText = false;
    } else if (char === '"') inText = true;
    else if (char === '{' || char === '[') {
      depth += 1;
      if (depth > maxDepth) return at;
    } else if (char === '}' || char === ']') depth -= 1;
  }
  return undefined;
}
