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
  const reading: Reading = { source, at: 0, open: [] };
  let state: State = 'value';
  for (;;) {
    takes(reading, space);
    if (state === 'end' && reading.at === source.length) return undefined;
    const following: State | undefined = next[state](reading);
    if (following === undefined) return fault(reading, state);
    state = following;
  }
}

/** What may come next. */
type State = 'value' | 'first item' | 'name' | 'first name' | 'colon' | 'comma' | 'end';

interface Reading {
  readonly source: string;
  at: number;
  readonly open: ('{' | '[')[];
}

/** Reads one thing in a state, and gives what may come after it; undefined where something else stands there. */
const next: Readonly<Record<State, (reading: Reading) => State | undefined>> = {
  value: readValue,
  'first item': (reading) => closes(reading, ']') ?? readValue(reading),
  name: readName,
  'first name': (reading) => closes(reading, '}') ?? readName(reading),
  colon: (reading) => (takes(reading, /:/y) ? 'value' : undefined),
  comma(reading) {
    const isMap = reading.open.at(-1) === '{';
    if (takes(reading, /,/y)) return isMap ? 'name' : 'value';
    return closes(reading, isMap ? '}' : ']');
  },
  end: () => undefined,
};

function takes(reading: Reading, pattern: RegExp): boolean {
  pattern.lastIndex = reading.at;
  if (!pattern.test(reading.source)) return false;
  reading.at = pattern.lastIndex;
  return true;
}

function readName(reading: Reading): State | undefined {
  return takes(reading, text) ? 'colon' : undefined;
}

function readValue(reading: Reading): State | undefined {
  const character = reading.source[reading.at];
  if (character === '{' || character === '[') {
    reading.open.push(character);
    reading.at += 1;
    return character === '{' ? 'first name' : 'first item';
  }
  return takes(reading, text) || takes(reading, scalar) ? afterValue(reading) : undefined;
}

function closes(reading: Reading, bracket: '}' | ']'): State | undefined {
  if (reading.source[reading.at] !== bracket) return undefined;
  reading.at += 1;
  reading.open.pop();
  return afterValue(reading);
}

function afterValue({ open }: Reading): State {
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

function fault({ source, at: start, open }: Reading, state: State): JsonFault {
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
  return {
    start,
    end,
    note: wanted[state],
    help: helpFor({ found, state, follows: source.slice(0, start).trimEnd().at(-1) }),
  };
}

/** What stands in the wrong place. */
interface Misplaced {
  readonly found: string;
  readonly state: State;
  /** The last character before it that is no space. */
  readonly follows: string | undefined;
}

/** What to do about it: the first that fits. */
const helps: readonly {
  readonly when: (misplaced: Misplaced) => boolean;
  readonly help: string | ((misplaced: Misplaced) => string);
}[] = [
  { when: ({ found }) => /^(\/\/|\/\*|#$)/.test(found), help: 'remove the comment: JSON has none' },
  {
    when: ({ found, state, follows }) => isClosing(found) && follows === ',' && (state === 'name' || state === 'value'),
    help: 'remove the comma before it: the last item has none',
  },
  { when: ({ found, state }) => isClosing(found) && state === 'value', help: 'write a value after the colon' },
  { when: ({ found, state }) => found === ',' && state === 'comma', help: 'remove it' },
  { when: ({ found }) => found === ',', help: 'remove one comma, or write what is missing before it' },
  { when: ({ found }) => found.startsWith("'"), help: 'use double quotes' },
  { when: ({ found }) => found.startsWith('"'), help: ({ found, state }) => quoteHelp(found, state) },
  { when: ({ found, state }) => isClosing(found) && state === 'comma', help: 'this bracket closes none that is open' },
  { when: ({ state }) => state === 'end', help: 'remove it, or a bracket before it that closes too early' },
  { when: ({ state }) => state === 'colon', help: 'write a colon between the name and its value' },
  {
    when: ({ found, state }) => /^[A-Za-z]/.test(found) && (state === 'name' || state === 'first name'),
    help: ({ found }) => `write it in double quotes, "${found}"`,
  },
  {
    when: ({ found }) => /^[A-Za-z]/.test(found),
    help: ({ found }) => didYouMean(found, ['true', 'false', 'null']) ?? `write a text in double quotes, "${found}"`,
  },
  {
    when: ({ found }) => /^[-+.\d]/.test(found),
    help: 'a number is written like -1, 0.5 or 1e3: without + and leading zeros; a text in double quotes',
  },
  { when: () => true, help: 'remove the character, or put it inside a text in double quotes' },
];

function isClosing(found: string): boolean {
  return found === '}' || found === ']';
}

function helpFor(misplaced: Misplaced): string {
  const help = helps.find(({ when }) => when(misplaced))?.help ?? '';
  return typeof help === 'string' ? help : help(misplaced);
}

function quoteHelp(found: string, state: State): string {
  if (state === 'comma') return 'write a comma before it';
  if (state === 'colon') return 'write a colon between the name and its value';
  if (state === 'end') return 'remove it, or a bracket before it that closes too early';
  if (!/[^\\]"$/.test(found)) return 'close the text with " on the same line; a line break is written \\n';
  return 'escapes are \\" \\\\ \\/ \\b \\f \\n \\r \\t and \\u with four digits; tabs and other control characters are written as these';
}
