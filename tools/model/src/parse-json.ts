import { diagnostic, type Span, type Staged } from '@fluxwright/diagnostics';
import { LineCounter } from 'yaml';
import { type LocatedTree, locateNode } from './locate.ts';
import { composeYaml, parseYaml } from './parse-yaml.ts';
import type { SourceDocument } from './source-document.ts';
import { TooDeep } from './yaml-tokens.ts';

/** Reads a JSON file. JSON is YAML, so the YAML parser tells positions; it runs when one is asked for, since most never are. */
export function parseJson(file: string, text: string): Staged<SourceDocument | undefined> {
  let tree: LocatedTree | undefined;
  const locate: SourceDocument['locate'] = (path, part = 'value') => {
    tree ??= jsonTree(file, text);
    return locateNode(tree, path, part);
  };
  try {
    return { value: { file, text, value: JSON.parse(text), locate }, diagnostics: [] };
  } catch (error) {
    const note = error instanceof SyntaxError ? error.message : String(error);
    return {
      value: undefined,
      diagnostics: [
        diagnostic('load/json-syntax', {
          message: `${file} is not valid JSON`,
          primary: errorSpan(file, text, note),
          note: shortNote(note),
        }),
      ],
    };
  }
}

function jsonTree(file: string, text: string): LocatedTree {
  const lines = new LineCounter();
  try {
    return { file, contents: composeYaml(text, lines)[0]?.contents ?? null, targets: new Map(), lines };
  } catch (error) {
    if (error instanceof TooDeep) return { file, contents: null, targets: new Map(), lines };
    throw error;
  }
}

/** V8 says `… (line 3 column 5)` for most faults; where it does not, the YAML parser may know. */
function errorSpan(file: string, text: string, message: string): Span {
  const [, line, column] = /\(line (\d+) column (\d+)\)/.exec(message) ?? [];
  if (line !== undefined && column !== undefined)
    return {
      file,
      start: { line: Number(line), column: Number(column) },
      end: { line: Number(line), column: Number(column) + 1 },
    };
  return parseYaml(file, text).diagnostics[0]?.primary ?? { file };
}

function shortNote(message: string): string {
  return message.replace(/ in JSON at position.*$/s, '').replace(/, ?(\.\.\.)?".*" is not valid JSON$/s, '');
}
