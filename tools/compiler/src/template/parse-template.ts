import { type Diagnostic, diagnostic, lineStarts } from '@fluxwright/diagnostics';
import Handlebars from 'handlebars';
import { syntaxError } from './syntax-error.ts';
import { type Statement, type Template, templateSpan } from './template.ts';
import { translateProgram } from './translate-program.ts';

/** A parsed template, or why it cannot be one. */
export interface ParsedTemplate {
  readonly template: Template;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Parses a template with Handlebars' own grammar and whitespace rules (https://handlebarsjs.com/guide/), then keeps the
 * part of the language that is safe to run on other people's packages. Everything else — partials, decorators, named
 * arguments, unknown functions and blocks — is refused at its position; `template.body` is empty then.
 */
export function parseTemplate(file: string, text: string): ParsedTemplate {
  const source = { file, text, lines: lineStarts(text) };
  const nesting = nestingDepth(text);
  if (nesting.depth > maxNesting)
    return { template: { ...source, body: [] }, diagnostics: [nestsTooDeep(source, nesting)] };
  try {
    const program = Handlebars.parse(text);
    const diagnostics: Diagnostic[] = [];
    const body = translateProgram(program, { source, diagnostics, parameters: [] });
    return { template: { ...source, body: diagnostics.length > 0 ? [] : body }, diagnostics };
  } catch (error) {
    return { template: { ...source, body: [] }, diagnostics: [syntaxError(error, source)] };
  }
}

function nestsTooDeep(source: Omit<Template, 'body'>, { at }: Nesting): Diagnostic {
  return diagnostic('render/limit', {
    message: `the template nests its tags deeper than ${maxNesting}`,
    primary: templateSpan(source, { start: at, end: at + 2 }),
    help: 'split it into several files',
  });
}

/** A file that is no template: one piece of content. */
export function plainTemplate(file: string, text: string): Template {
  const body: Statement[] = text === '' ? [] : [{ type: 'content', text, range: { start: 0, end: text.length } }];
  return { file, text, lines: lineStarts(text), body };
}

/** Deepest nesting a template may have: blocks, `else if` chains and parentheses counted together. */
const maxNesting = 100;

/** How deep a template nests, and the offset at which it is deepest. */
interface Nesting {
  readonly depth: number;
  readonly at: number;
}

/**
 * How deep the tags of a template nest, without parsing it: Handlebars' parser needs quadratic time in this depth, so it
 * is looked at first. Counts too much rather than too little where strings hold brackets.
 */
function nestingDepth(text: string): Nesting {
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
