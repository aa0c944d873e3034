import { type Diagnostic, diagnostic, didYouMean } from '@fluxwright/diagnostics';
import type { Expression, PathExpression, PathRoot, Range, Statement, Template } from './template.ts';
import { templateSpan } from './template.ts';
import type { TemplateFunction } from './template-function.ts';
import { templateFunctions } from './template-functions.ts';

type Source = Omit<Template, 'body'>;

/** Where the translation is: what it reports into and which block parameters are in sight. */
export interface Translation {
  readonly source: Source;
  readonly diagnostics: Diagnostic[];
  readonly parameters: readonly string[];
}

const blocks = ['if', 'unless', 'each', 'with'];
const loopNames = ['index', 'key', 'first', 'last'];

/** Turns Handlebars' syntax tree into our statements; refuses what is outside the language, at its position. */
export function translateProgram(program: hbs.AST.Program | undefined, at: Translation): Statement[] {
  return (program?.body ?? []).flatMap((statement) => translateStatement(statement, at) ?? []);
}

function translateStatement(node: hbs.AST.Statement, at: Translation): Statement | undefined {
  const range = rangeOf(node.loc, at.source);
  switch (node.type) {
    case 'CommentStatement':
      return undefined;
    case 'ContentStatement':
      return translateContent(node as hbs.AST.ContentStatement, range);
    case 'MustacheStatement':
      return translatePrint(node as hbs.AST.MustacheStatement, range, at);
    case 'BlockStatement':
      return translateBlock(node as hbs.AST.BlockStatement, range, at);
    case 'PartialStatement':
    case 'PartialBlockStatement':
      return refuse(at, range, 'templates have no partials', 'write the text where it is needed');
    default:
      return refuse(at, range, 'templates have no decorators', 'remove it');
  }
}

/** Whitespace control has shortened `value` at both ends: the range starts where the rest stands in the source. */
function translateContent(node: hbs.AST.ContentStatement, range: Range): Statement | undefined {
  if (node.value === '') return undefined;
  const first = (text: string) => Math.max(0, text.search(/\S/));
  const start = range.start + (node.value.trim() === '' ? 0 : first(String(node.original)) - first(node.value));
  return { type: 'content', text: node.value, range: { start, end: start + node.value.length } };
}

function translatePrint(node: hbs.AST.MustacheStatement, range: Range, at: Translation): Statement | undefined {
  const expression = translateCall(node, range, at);
  return expression && { type: 'print', expression, range };
}

function translateBlock(node: hbs.AST.BlockStatement, range: Range, at: Translation): Statement | undefined {
  const opening = { start: range.start, end: endOfTag(at.source.text, range.start) };
  const name = node.path.type === 'PathExpression' ? String(node.path.original) : '';
  if (!blocks.includes(name)) {
    const help = didYouMean(name, blocks) ?? `blocks are #${blocks.join(', #')}`;
    return refuse(
      at,
      rangeOf(node.path.loc, at.source),
      `there is no template block "#${name}"`,
      help,
      'render/unknown-helper',
    );
  }
  if (node.hash) return refuse(at, rangeOf(node.hash.loc, at.source), `"#${name}" takes no named arguments`);
  const [first, ...more] = node.params;
  if (first === undefined || more.length > 0) return refuse(at, opening, `"#${name}" takes exactly one value`);
  const subject = translateExpression(first, at);
  const parameters = node.program?.blockParams ?? [];
  const allowed = { each: 2, with: 1 }[name] ?? 0;
  if (parameters.length > allowed) {
    return refuse(at, opening, `"#${name}" takes ${allowed || 'no'} block parameter${allowed === 1 ? '' : 's'}`);
  }
  const body = translateProgram(node.program, { ...at, parameters: [...at.parameters, ...parameters] });
  const otherwise = translateProgram(node.inverse, at);
  if (!subject) return undefined;
  if (name === 'if' || name === 'unless') {
    return { type: 'if', condition: subject, negated: name === 'unless', body, otherwise, range: opening };
  }
  return { type: name as 'each' | 'with', subject, parameters, body, otherwise, range: opening };
}

/** `{{name a b}}` and `(name a b)`: a function call; `{{a.b}}`: a path. */
function translateCall(
  node: hbs.AST.MustacheStatement | hbs.AST.SubExpression,
  range: Range,
  at: Translation,
): Expression | undefined {
  if (node.path.type !== 'PathExpression') {
    return refuse(at, range, 'a template tag must name a value or a function', 'write the text without {{ }}');
  }
  const path = node.path as hbs.AST.PathExpression;
  const name = path.original;
  const isPlainName = !path.data && path.depth === 0 && path.parts.length === 1 && path.parts[0] === name;
  const isParameter = isPlainName && at.parameters.includes(name);
  const known = isPlainName && !isParameter ? templateFunctions.get(name) : undefined;
  const isCall = node.type === 'SubExpression' || node.params.length > 0 || node.hash || known;
  if (!isCall) return translatePath(path, at);
  if (!known) {
    const help =
      didYouMean(name, [...templateFunctions.keys()]) ?? `functions are ${[...templateFunctions.keys()].join(', ')}`;
    return refuse(
      at,
      rangeOf(path.loc, at.source),
      `there is no template function "${name}"`,
      help,
      'render/unknown-helper',
    );
  }
  const parameters = translateArguments(node, { name, known, range }, at);
  return parameters && { type: 'call', name, parameters, range };
}

interface Called {
  readonly name: string;
  readonly known: TemplateFunction;
  readonly range: Range;
}

function translateArguments(
  { hash, params }: hbs.AST.MustacheStatement | hbs.AST.SubExpression,
  { name, known, range }: Called,
  at: Translation,
): readonly Expression[] | undefined {
  const help = `write {{${known.usage}}}`;
  if (hash) return refuse(at, rangeOf(hash.loc, at.source), `"${name}" takes no named arguments`, help);
  const { min, max } = known.parameters;
  if (params.length < min || params.length > max) {
    const count = `${min}${max === min ? '' : ' or more'} argument${max === 1 ? '' : 's'}`;
    return refuse(at, range, `"${name}" takes ${count}, not ${params.length}`, help);
  }
  const parameters = params.map((each) => translateExpression(each, at));
  return parameters.includes(undefined) ? undefined : (parameters as Expression[]);
}

function translateExpression(node: hbs.AST.Expression, at: Translation): Expression | undefined {
  const range = rangeOf(node.loc, at.source);
  switch (node.type) {
    case 'PathExpression':
      return translatePath(node as hbs.AST.PathExpression, at);
    case 'SubExpression':
      return translateCall(node as hbs.AST.SubExpression, range, at);
    case 'StringLiteral':
    case 'NumberLiteral':
    case 'BooleanLiteral':
      return {
        type: 'literal',
        value: (node as hbs.AST.StringLiteral | hbs.AST.NumberLiteral | hbs.AST.BooleanLiteral).value,
        range,
      };
    default:
      return { type: 'literal', value: null, range };
  }
}

function translatePath(node: hbs.AST.PathExpression, at: Translation): PathExpression | undefined {
  const range = rangeOf(node.loc, at.source);
  const [first = '', ...rest] = node.parts as string[];
  const path = (root: PathRoot, keys: readonly string[]): PathExpression => ({
    type: 'path',
    root,
    keys,
    text: at.source.text.slice(range.start, range.end),
    range,
  });
  if (node.data) {
    if (first === 'root') return path({ kind: 'root' }, rest);
    if (loopNames.includes(first) && rest.length === 0) {
      return path({ kind: 'loop', name: first as 'index', up: node.depth }, []);
    }
    return refuse(
      at,
      range,
      `there is no "@${node.parts.join('.')}"`,
      `there are @root and, in #each, @${loopNames.join(', @')}`,
    );
  }
  const isScoped = node.depth > 0 || /^(\.|this\b)/.test(node.original);
  if (!isScoped && at.parameters.includes(first)) return path({ kind: 'parameter', name: first }, rest);
  return path({ kind: 'this', up: node.depth }, node.parts as string[]);
}

function refuse(
  at: Translation,
  range: Range,
  message: string,
  help?: string,
  code: 'render/template-syntax' | 'render/unknown-helper' = 'render/template-syntax',
): undefined {
  const primary = templateSpan(at.source, range);
  at.diagnostics.push(diagnostic(code, { message, primary, ...(help === undefined ? {} : { help }) }));
  return undefined;
}

function rangeOf(loc: hbs.AST.SourceLocation, source: Source): Range {
  const offset = (position: hbs.AST.Position) =>
    (source.lines[position.line - 1] ?? source.text.length) + position.column;
  return { start: offset(loc.start), end: offset(loc.end) };
}

function endOfTag(text: string, start: number): number {
  const end = text.indexOf('}}', start);
  return end === -1 ? text.length : end + 2;
}
