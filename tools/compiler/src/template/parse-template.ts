import { type Diagnostic, diagnostic, lineStarts } from '@fluxwright/diagnostics';
import Handlebars from 'handlebars';
import { maxNesting, type Nesting, nestingDepth } from './nesting-depth.ts';
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
