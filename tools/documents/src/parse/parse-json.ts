import { type Diagnostic, diagnostic, lineStarts, positionAt, type Staged } from '@fluxwright/diagnostics';
import type { JsonPath, JsonValue, SourceDocument } from '../value/source-document.ts';
import { tooDeepAt } from './json-depth.ts';
import { jsonFault } from './json-fault.ts';
import { type LocatedTree, locateNode } from './locate.ts';
import { composeYaml, tooDeep } from './parse-yaml.ts';
import { brokenTextHelp, isWholeText } from './printable-text.ts';
import { TooDeep } from './yaml-tokens.ts';

/** Reads a JSON file of at most 100 levels. JSON is YAML, so the YAML parser tells positions; it runs when one is asked for, since most never are. */
export function parseJson(file: string, text: string): Staged<SourceDocument | undefined> {
  let tree: LocatedTree | undefined;
  const locate: SourceDocument['locate'] = (path, part = 'value') => {
    tree ??= jsonTree(file, text);
    return locateNode(tree, path, part);
  };
  const deep = tooDeepAt(text);
  if (deep !== undefined) return { value: undefined, diagnostics: [tooDeep(file, positionAt(lineStarts(text), deep))] };
  let value: JsonValue;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { value: undefined, diagnostics: [syntaxFinding(file, text, error)] };
  }
  const broken = brokenText(value, []);
  if (broken === undefined) return { value: { file, text, value, locate }, diagnostics: [] };
  const finding = {
    message: `${file} holds a text that is none`,
    primary: locate(broken.path, broken.part),
    note: 'half of a surrogate pair',
    help: brokenTextHelp,
  };
  return { value: undefined, diagnostics: [diagnostic('load/json-syntax', finding)] };
}

function jsonTree(file: string, text: string): LocatedTree {
  const lines = lineStarts(text);
  try {
    // JSON takes a carriage return for space wherever one can stand, the YAML parser does not.
    return { file, contents: composeYaml(text.replaceAll('\r', ' '))[0]?.contents ?? null, targets: new Map(), lines };
  } catch (error) {
    if (error instanceof TooDeep) return { file, contents: null, targets: new Map(), lines };
    throw error;
  }
}

function syntaxFinding(file: string, text: string, error: unknown): Diagnostic {
  const message = `${file} is not valid JSON`;
  const fault = jsonFault(text);
  if (fault === undefined) {
    const note = error instanceof Error ? error.message : String(error);
    return diagnostic('load/json-syntax', { message, primary: { file, start: { line: 1, column: 1 } }, note });
  }
  const { start, end, note, help } = fault;
  const lines = lineStarts(text);
  const primary = { file, start: positionAt(lines, start), end: positionAt(lines, end) };
  return diagnostic('load/json-syntax', { message, primary, note, help });
}

/** Where a text of the value has no bytes in UTF-8. */
function brokenText(value: JsonValue, path: JsonPath): { path: JsonPath; part: 'key' | 'value' } | undefined {
  if (typeof value === 'string') return isWholeText(value) ? undefined : { path, part: 'value' };
  if (value === null || typeof value !== 'object') return undefined;
  for (const [key, item] of Object.entries(value)) {
    const at = [...path, Array.isArray(value) ? Number(key) : key];
    const found = isWholeText(key) ? brokenText(item, at) : { path: at, part: 'key' as const };
    if (found !== undefined) return found;
  }
  return undefined;
}
