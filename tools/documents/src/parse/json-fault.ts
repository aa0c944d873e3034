import { didYouMean } from '@fluxwright/diagnostics';

/** Why a text is no JSON, and where. */
export interface JsonFault {
  /** From 0, in UTF-16 code units. */
  readonly start: number;
  readonly end: number;
  readonly note: string;
  readonly help: string;
}

const space = /[ \t\n\r]*/y;
const text = /"(?:[ !#-[\]-\uffff]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const scalar = /(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.+-])/y;
/** Anything that somebody may have meant as one thing. */
const lump = /"(?:[^"\\\n]|\\.)*"?|'[^'\n]*'?|\/\/[^\n]*|\/\*|[\w.+$-]+|[\s\S]/uy;

/**
 * The first fault of a text that JSON.parse refuses (RFC 8259), undefined where it has none. Written by hand because
 * JSON.parse names no place for a part of the faults, and libraries that do take comments or trailing commas.
 */
export function jsonFault(source: string): JsonFault | undefined {
  const open: ('{' | '[')[] = [];
  let at = 0;
  const take = (pattern: RegExp): boolean => {
    pattern.lastIndex = at;
    if (!pattern.test(source)) return false;
    at = pattern.lastIndex;
    return true;
  };
  let state: State = 'value';
  for (;;) {
    take(space);
    const character = source[at];
    if (state === 'end' && character === undefined) return undefined;
    if (state === 'value' || state === 'first item') {
      if (state === 'first item' && character === ']') state = close(open);
      else if (character === '{' || character === '[') {
        open.push(character);
        state = character === '{' ? 'first name' : 'first item';
      } else if (take(text) || take(scalar)) {
        state = open.length === 0 ? 'end' : 'comma';
        continue;
      } else return fault(source, at, state, open);
    } else if (state === 'first name' && character === '}') state = close(open);
    else if (state === 'name' || state === 'first name') {
      if (!take(text)) return fault(source, at, state, open);
      state = 'colon';
      continue;
    } else if (state === 'colon' && character === ':') state = 'value';
    else if (state === 'comma' && character === ',') state = open.at(-1) === '{' ? 'name' : 'value';
    else if (state === 'comma' && character === (open.at(-1) === '{' ? '}' : ']')) state = close(open);
    else return fault(source, at, state, open);
    at += 1;
  }
}

/** What may come next. */
type State = 'value' | 'first item' | 'name' | 'first name' | 'colon' | 'comma' | 'end';

function close(open: ('{' | '[')[]): State {
  open.pop();
  return open.length === 0 ? 'end' : 'comma';
}

const wanted: Readonly<Record<State, string>> = {
  value: 'a value belongs here',
  'first item': 'a value or ] belongs here',
  name: 'a name in double quotes belongs here',
  'first name': 'a name in double quotes or } belongs here',
  colon: 'a colon belongs here',
  comma: 'a comma or a closing bracket belongs here',
  end: 'nothing can follow the value',
};

function fault(source: string, start: number, state: State, open: readonly string[]): JsonFault {
  lump.lastIndex = start;
  const found = lump.exec(source)?.[0] ?? '';
  const end = Math.max(start + 1, start + found.length);
  if (start >= source.length) {
    const closing = open.map((each) => (each === '{' ? '}' : ']')).reverse();
    const help =
      closing.length === 0 ? 'write a value, {} for an empty one' : `close what is open: ${closing.join(' ')}`;
    // What ends too early is pointed at by its last character, which is on a line that exists.
    const last = Math.max(0, source.trimEnd().length - 1);
    return { start: last, end: last + 1, note: 'the file ends here, too early', help };
  }
  return { start, end, note: wanted[state], help: helpFor(found, state, source.slice(0, start)) };
}

function helpFor(found: string, state: State, before: string): string {
  if (found.startsWith('//') || found.startsWith('/*') || found === '#') return 'remove the comment: JSON has none';
  const follows = before.trimEnd().at(-1);
  if ((state === 'name' || state === 'value') && /^[}\]]/.test(found) && follows === ',')
    return 'remove the comma before it: the last item has none';
  if (/^[}\]]/.test(found) && state === 'value') return 'write a value after the colon';
  if (found === ',') return state === 'comma' ? 'remove it' : 'remove one comma, or write what is missing before it';
  if (found.startsWith("'")) return 'use double quotes';
  if (found.startsWith('"')) return quoteHelp(found, state);
  if (state === 'comma' && /^[}\]]$/.test(found)) return 'this bracket closes none that is open';
  if (state === 'end') return 'remove it, or a bracket before it that closes too early';
  if (state === 'colon') return 'write a colon between the name and its value';
  if (/^[A-Za-z]/.test(found)) {
    if (state === 'name' || state === 'first name') return `write it in double quotes, "${found}"`;
    return didYouMean(found, ['true', 'false', 'null']) ?? `write a text in double quotes, "${found}"`;
  }
  if (/^[-+.\d]/.test(found))
    return 'a number is written like -1, 0.5 or 1e3: without + and leading zeros; a text in double quotes';
  return 'remove the character, or put it inside a text in double quotes';
}

function quoteHelp(found: string, state: State): string {
  if (state === 'comma') return 'write a comma before it';
  if (state === 'colon') return 'write a colon between the name and its value';
  if (state === 'end') return 'remove it, or a bracket before it that closes too early';
  if (!/[^\\]"$/.test(found)) return 'close the text with " on the same line; a line break is written \\n';
  return 'escapes are \\" \\\\ \\/ \\b \\f \\n \\r \\t and \\u with four digits; tabs and other control characters are written as these';
}
