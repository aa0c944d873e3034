import { type Diagnostic, diagnostic } from '@fluxwright/diagnostics';
import Handlebars from 'handlebars';
import { type Range, type Template, templateSpan } from './template.ts';

/** What Handlebars leaves behind when it stops: its errors carry a place only for blocks that do not match. */
interface HandlebarsParser {
  readonly lexer: {
    readonly yylloc: { readonly first_line: number; readonly first_column: number };
    readonly match: string;
  };
}

/** Turns what Handlebars' parser threw into a finding at the place it stopped. */
export function syntaxError(error: unknown, template: Omit<Template, 'body'>): Diagnostic {
  const { message, range, block } = describe(error as Error, template);
  return diagnostic('render/template-syntax', {
    message,
    primary: templateSpan(template, range),
    help: helpFor((error as Error).message, block),
  });
}

function helpFor(message: string, block: string | undefined): string {
  if (block !== undefined) return `close it with {{/${block}}}`;
  return /got 'NUMBER'/.test(message)
    ? 'an index is written in brackets: list.[0]'
    : 'a literal {{ is written \\{{; the page of this code has the language';
}

interface Described {
  readonly message: string;
  readonly range: Range;
  /** The block whose end is missing, or is that of another. */
  readonly block?: string | undefined;
}

function describe(error: Error, template: Omit<Template, 'body'>): Described {
  const placed = error as Error & { lineNumber?: number; column?: number; endLineNumber?: number; endColumn?: number };
  if (placed.lineNumber !== undefined) {
    const start = offsetOf(template, placed.lineNumber, placed.column ?? 0);
    const end = offsetOf(template, placed.endLineNumber ?? placed.lineNumber, placed.endColumn ?? 0);
    const message = error.message.replace(/ - \d+:\d+$/, '');
    const block = /^(\S+) doesn't match \S+$/.exec(message)?.[1];
    return { message, range: { start, end: Math.max(end, start + 1) }, block };
  }
  const { lexer } = (Handlebars as unknown as { Parser: HandlebarsParser }).Parser;
  const start = offsetOf(template, lexer.yylloc.first_line, lexer.yylloc.first_column);
  if (/got 'EOF'/.test(error.message)) {
    const opened = lastOpenBlock(template.text);
    if (opened) {
      const block = /^\{\{~?#\s*([\w.-]+)/.exec(template.text.slice(opened.start, opened.end))?.[1];
      return { message: 'a template block is never closed', range: opened, block };
    }
  }
  // The lexer takes a name only together with what ends it, and calls the name's first letter invalid otherwise.
  const at = /got 'INVALID'/.test(error.message)
    ? start + (/^[\w-]*/.exec(template.text.slice(start))?.[0].length ?? 0)
    : start;
  if (at >= template.text.length)
    return { message: 'the template ends inside a {{', range: { start: at - 1, end: at } };
  if (template.text[at] === '}')
    return { message: 'a tag that opens with {{ closes with }}', range: { start: at, end: at + 1 } };
  const token = at === start ? lexer.match : template.text.slice(at, at + 1);
  return {
    message: `"${token.trim() || '⏎'}" cannot stand here in a template`,
    range: { start: at, end: at + token.length },
  };
}

function offsetOf(template: Omit<Template, 'body'>, line: number, column: number): number {
  return (template.lines[line - 1] ?? template.text.length) + column;
}

/** The innermost `{{#…}}` without its `{{/…}}`: good enough for a message, since the parser has refused the text. */
function lastOpenBlock(text: string): Range | undefined {
  const open: Range[] = [];
  for (const match of text.matchAll(/(?<!\\)\{\{~?([#/])[^}]*\}\}/g)) {
    if (match[1] === '#') open.push({ start: match.index, end: match.index + match[0].length });
    else open.pop();
  }
  return open.at(-1);
}
