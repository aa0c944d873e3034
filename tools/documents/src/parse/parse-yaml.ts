import {
  type Diagnostic,
  type DiagnosticCode,
  diagnostic,
  lineStarts,
  type Position,
  positionAt,
  type Span,
  type Staged,
} from '@fluxwright/diagnostics';
import { Composer, type Document, type Node, type ParsedNode, type YAMLParseError } from 'yaml';
import type { JsonPath, SourceDocument } from '../value/source-document.ts';
import { limitFindings } from './limit-findings.ts';
import { locateNode } from './locate.ts';
import { findUnprintable, type UnprintableCharacter } from './printable-text.ts';
import { yamlHelp } from './yaml-help.ts';
import { maxDepth, TooDeep, yamlTokens } from './yaml-tokens.ts';
import { type YamlProblem, yamlValue } from './yaml-value.ts';

/**
 * Reads one YAML document (version 1.2, core schema, no merge keys, no tags of its own) and keeps where its nodes stand.
 * All problems come at once: syntax, keys that stand twice, aliases and nesting beyond the limits, a second document.
 * The value is absent where there is an error.
 */
export function parseYaml(file: string, text: string): Staged<SourceDocument | undefined> {
  const lines = lineStarts(text);
  let documents: readonly Document.Parsed<ParsedNode>[];
  const unprintable = findUnprintable(text);
  if (unprintable !== undefined)
    return { value: undefined, diagnostics: [unprintableFinding(file, lines, unprintable)] };
  try {
    documents = composeYaml(text);
  } catch (error) {
    if (!(error instanceof TooDeep)) throw error;
    return { value: undefined, diagnostics: [tooDeep(file, positionAt(lines, error.offset))] };
  }
  const [document, second] = documents;
  const { value, problems, targets } = yamlValue(document?.contents ?? null);
  const spanOf = (node: Node): Span => locateNode({ file, contents: node, targets, lines }, [], 'value');
  const makers = [
    ...documents
      .flatMap((each) => [...each.errors, ...each.warnings])
      .map((error) => () => syntaxDiagnostic(file, error, lines)),
    ...(document === undefined ? [] : versionDiagnostics(file, document)).map((each) => () => each),
    ...(second === undefined ? [] : [() => severalDocuments(file, second, lines)]),
    ...problems.map((problem) => () => problemDiagnostic(file, problem, spanOf)),
  ];
  const tree = { file, contents: document?.contents ?? null, targets, lines };
  const source: SourceDocument = {
    file,
    text,
    value,
    locate: remembering((path, part) => locateNode(tree, path, part)),
  };
  return { value: makers.length === 0 ? source : undefined, diagnostics: limitFindings(makers) };
}

/** The finding for a file that nests deeper than anything that reads it should have to follow. */
export function tooDeep(file: string, start: Position): Diagnostic {
  return diagnostic('load/alias-bomb', {
    message: `${file} nests maps and lists too deep`,
    primary: { file, start, end: { ...start, column: start.column + 1 } },
    note: `more than ${maxDepth} levels`,
    help: 'write it with fewer levels: no Kubernetes object needs more than thirty',
  });
}

/** Reasons and origins ask for the same few places of a component in each cluster of a fleet. */
function remembering(locate: (path: JsonPath, part: 'key' | 'value') => Span): SourceDocument['locate'] {
  const spans = new Map<string, Span>();
  return (path, part = 'value') => {
    const key = `${part}\0${path.join('\0')}`;
    const span = spans.get(key) ?? locate(path, part);
    spans.set(key, span);
    return span;
  };
}

/** The first two documents of a text, with all syntax errors inside. @throws TooDeep */
export function composeYaml(text: string): readonly Document.Parsed<ParsedNode>[] {
  // Equal keys are found by yamlValue: the library's own search takes quadratic time.
  const composer = new Composer({ version: '1.2', schema: 'core', merge: false, uniqueKeys: false, strict: true });
  const documents: Document.Parsed<ParsedNode>[] = [];
  for (const document of composer.compose(yamlTokens(text), true, text.length)) {
    // One more than allowed says enough.
    if (documents.push(document) === 2) break;
  }
  return documents;
}

function unprintableFinding(
  file: string,
  lines: readonly number[],
  { offset, name, help }: UnprintableCharacter,
): Diagnostic {
  const start = positionAt(lines, offset);
  const primary = { file, start, end: { ...start, column: start.column + 1 } };
  const note = `the character ${name}`;
  const message = `${file} holds a character that cannot stand in YAML`;
  return diagnostic('load/yaml-syntax', { message, primary, note, help });
}

function syntaxDiagnostic(
  file: string,
  error: Pick<YAMLParseError, 'message' | 'pos' | 'code'>,
  lines: readonly number[],
): Diagnostic {
  const [from, to] = error.pos;
  const primary = { file, start: positionAt(lines, from), end: positionAt(lines, Math.max(to, from + 1)) };
  const message = `${file} is not valid YAML`;
  return diagnostic('load/yaml-syntax', { message, primary, note: error.message, help: yamlHelp(error.code) });
}

function versionDiagnostics(file: string, document: Document.Parsed): readonly Diagnostic[] {
  const { explicit, version } = document.directives.yaml;
  if (explicit !== true || version === '1.2') return [];
  const start = { line: 1, column: 1 };
  const message = `${file} asks for YAML ${version}`;
  return [
    diagnostic('load/yaml-syntax', {
      message,
      primary: { file, start },
      help: 'remove the %YAML line: files are YAML 1.2',
    }),
  ];
}

function severalDocuments(file: string, second: Document.Parsed, lines: readonly number[]): Diagnostic {
  const start = positionAt(lines, second.range[0]);
  const fields = {
    message: `${file} holds several YAML documents`,
    primary: { file, start },
    note: 'a second document',
  };
  return diagnostic('load/yaml-syntax', { ...fields, help: 'keep one document in each file' });
}

const codes: Readonly<Record<YamlProblem['kind'], DiagnosticCode>> = {
  'duplicate-key': 'load/duplicate-key',
  'alias-bomb': 'load/alias-bomb',
  syntax: 'load/yaml-syntax',
  number: 'load/invalid-value',
  ambiguous: 'load/ambiguous-scalar',
};

const titles: Readonly<Record<YamlProblem['kind'], string>> = {
  'duplicate-key': 'has a key twice',
  'alias-bomb': 'grows beyond the limit when its aliases are followed',
  syntax: 'is not valid YAML',
  number: 'has a number that YAML readers disagree on',
  ambiguous: 'has a value that YAML readers disagree on',
};

const helps: Readonly<Record<YamlProblem['kind'], string>> = {
  'duplicate-key': 'keep one of the two: readers of YAML take the first, the last or neither',
  'alias-bomb': 'spell out what the aliases stand for, or leave some of it away',
  syntax: 'write text, a number, true, false or null; text that YAML reads otherwise stands in quotes',
  number: 'write it in quotes',
  ambiguous: 'write it so that all readers take it alike',
};

function problemDiagnostic(file: string, problem: YamlProblem, spanOf: (node: Node) => Span): Diagnostic {
  const { kind, message, node, first, help } = problem;
  return diagnostic(codes[kind], {
    message: `${file} ${titles[kind]}`,
    primary: spanOf(node),
    note: kind === 'duplicate-key' ? `${JSON.stringify(message)} again` : message,
    ...(first === undefined ? {} : { labels: [{ span: spanOf(first), message: 'it stands here already' }] }),
    help: help ?? helps[kind],
  });
}
