/** Deepest nesting a template may have: blocks, `else if` chains and parentheses counted together. */
export const maxNesting = 100;

/** How deep a template nests, and the offset at which it is deepest. */
export interface Nesting {
  readonly depth: number;
  readonly at: number;
}

/**
 * How deep the tags of a template nest, without parsing it: Handlebars' parser needs quadratic time in this depth, so it
 * is looked at first. Counts too much rather than too little where strings hold brackets.
 */
export function nestingDepth(text: string): Nesting {
  let deepest: Nesting = { depth: 0, at: 0 };
  let depth = 0;
  let parentheses = 0;
  const elses: number[] = [];
  for (const match of text.matchAll(/\{\{+~?\s*(?:([#^])(?!\s*~?\})|(\/)|(else\s+\w))?|(\()|(\))|\}\}/g)) {
    const [, open, close, otherwise, left, right] = match;
    if (open) {
      elses.push(0);
      depth += 1;
    } else if (close) {
      depth -= 1 + (elses.pop() ?? -1);
    } else if (otherwise) {
      elses.push((elses.pop() ?? 0) + 1);
      depth += 1;
    }
    if (left) parentheses += 1;
    else if (right) parentheses = Math.max(0, parentheses - 1);
    else parentheses = 0;
    if (depth + parentheses > deepest.depth) deepest = { depth: depth + parentheses, at: match.index };
  }
  return deepest;
}
