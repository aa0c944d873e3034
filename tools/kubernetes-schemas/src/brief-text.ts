import type { Json } from './json-schema.ts';

/**
 * JSON with fewer marks, for people to review: words need no quotes, and the end of a line separates like a comma. It is read in a
 * hundredth of the time that YAML takes, which counts where each build reads the definitions of a whole catalogue.
 */

/** What fits into a line stands in it, with room for where the text is put. */
const width = 112;

/** The text of a value; ends with a newline. */
export function writeBrief(value: Json): string {
  return `${valueText(value, '', 0)}\n`;
}

/** `taken`: how much of the first line is written. */
function valueText(value: Json, indent: string, taken: number): string {
  const line = lineText(value);
  if (taken + line.length <= width || typeof value !== 'object' || value === null) return line;
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    return `[\n${value.map((each) => `${inner}${valueText(each, inner, inner.length)}\n`).join('')}${indent}]`;
  }
  const entries = Object.entries(value).map(([key, each]) => {
    const opening = `${inner}${wordText(key)}: `;
    return `${opening}${valueText(each, inner, opening.length)}\n`;
  });
  return `{\n${entries.join('')}${indent}}`;
}

function lineText(value: Json): string {
  if (typeof value === 'string') return wordText(value);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(lineText).join(', ')}]`;
  return `{${Object.entries(value)
    .map(([key, each]) => `${wordText(key)}: ${lineText(each)}`)
    .join(', ')}}`;
}

/** Without quotes where it is one word, and no number, boolean or null. */
function wordText(text: string): string {
  return /^[^\s{}[\],:"]+$/.test(text) && typeof wordValue(text) === 'string' ? text : JSON.stringify(text);
}

function wordValue(word: string): Json {
  if (word === 'true' || word === 'false') return word === 'true';
  if (word === 'null') return null;
  return /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(word) ? Number(word) : word;
}

/** Reads what {@link writeBrief} writes. Throws a SyntaxError for anything else. */
export function readBrief(text: string): Json {
  const reader = { tokens: tokensOf(text), next: 0 };
  const value = readValue(reader);
  if (reader.next < reader.tokens.length) throw new SyntaxError(`nothing is meant behind ${reader.next} words`);
  return value;
}

interface Reader {
  readonly tokens: readonly string[];
  next: number;
}

/** Brackets, colons, texts in quotes and words; commas and the ends of lines tell nothing that brackets do not. */
function tokensOf(text: string): readonly string[] {
  const tokens: string[] = [];
  let end = 0;
  for (const { 0: all, 1: token = '', index } of text.matchAll(
    /[\s,]*([{}[\]:]|"(?:[^"\\\n]|\\.)*"|[^\s{}[\],:"]+)/g,
  )) {
    if (index !== end) break;
    tokens.push(token);
    end += all.length;
  }
  if (text.slice(end).trim() !== '') throw new SyntaxError('a quote is not closed');
  return tokens;
}

function readValue(reader: Reader): Json {
  const token = take(reader);
  if (token === '{') return readMap(reader);
  if (token === '[') return readList(reader);
  return readScalar(token);
}

function readMap(reader: Reader): Json {
  const entries: [string, Json][] = [];
  while (reader.tokens[reader.next] !== '}') {
    const key = take(reader);
    if (take(reader) !== ':') throw new SyntaxError(`a colon is meant behind ${key}`);
    entries.push([key.startsWith('"') ? String(JSON.parse(key)) : key, readValue(reader)]);
  }
  reader.next += 1;
  return Object.fromEntries(entries);
}

function readList(reader: Reader): Json {
  const items: Json[] = [];
  while (reader.tokens[reader.next] !== ']') items.push(readValue(reader));
  reader.next += 1;
  return items;
}

function readScalar(token: string): Json {
  if (/^[}\]:]$/.test(token)) throw new SyntaxError(`a value is meant, and no ${token}`);
  return token.startsWith('"') ? (JSON.parse(token) as Json) : wordValue(token);
}

function take(reader: Reader): string {
  const token = reader.tokens[reader.next];
  if (token === undefined) throw new SyntaxError('the text ends too early');
  reader.next += 1;
  return token;
}
