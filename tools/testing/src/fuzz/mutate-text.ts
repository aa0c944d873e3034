import type { Random } from './random.ts';

/** Changes a text as slips of a keyboard, an editor or a merge do. */
export type TextMutation = (text: string, random: Random) => string;

/** Characters and words that readers of text trip over. */
const nasty: readonly string[] = [
  '\u007f',
  '\u0000',
  '\u0001',
  '\ufeff',
  '\u2028',
  '\u0085',
  '\t',
  '\r',
  '\\',
  '"',
  "'",
  '`',
  '@',
  '%',
  '&a ',
  '*a',
  '!!binary ',
  '!x ',
  '{',
  '}',
  '[',
  ']',
  ':',
  ': ',
  '- ',
  ', ',
  '#',
  '|',
  '>',
  '? ',
  '---\n',
  '...\n',
  '%YAML 1.1\n',
  '<<: *a\n',
  '😀',
  '\\ud800',
  '"\\ud800"',
  '0777',
  '1e999',
  '9007199254740993',
  '-0',
  '.inf',
  'no',
  'null',
  '~',
  'flase',
  '2024-01-01',
  '__proto__: 1\n',
  '<<<<<<< HEAD\n',
];

const tags: readonly string[] = [
  '{{',
  '}}',
  '{{#if values}}',
  '{{/if}}',
  '{{#each values}}',
  '{{/each}}',
  '{{else}}',
  '{{values.nosuch}}',
  '{{values}}',
  '{{> part}}',
  '{{{values.size}}}',
  '{{quote}}',
  '{{quote values.a values.b}}',
  '{{nosuch values.size}}',
  '{{#nosuch values}}{{/nosuch}}',
  '{{lookup values "size"}}',
  '{{constructor}}',
  '{{values.__proto__}}',
  '{{this}}',
  '{{../values}}',
  '{{@index}}',
  '{{!-- ',
  '{{#if (eq 1)}}',
  '{{cluster.domain.0}}',
  '{{default values.size}}',
];

const insert = (text: string, at: number, part: string): string => text.slice(0, at) + part + text.slice(at);

/** Changes line `index` of a text; undefined removes it. */
function withLine(
  text: string,
  random: Random,
  change: (line: string, lines: readonly string[]) => string | undefined,
) {
  const lines = text.split('\n');
  const index = random.below(lines.length);
  const changed = change(lines[index] ?? '', lines);
  return [...lines.slice(0, index), ...(changed === undefined ? [] : [changed]), ...lines.slice(index + 1)].join('\n');
}

/** A word of the text, by its place. */
function pickWord(text: string, random: Random): { readonly start: number; readonly word: string } {
  const words = [...text.matchAll(/[\w$.@/-]+/g)];
  const match = words.length === 0 ? undefined : random.pick(words);
  return { start: match?.index ?? 0, word: match?.[0] ?? '' };
}

/** The mutations of any text. */
export const textMutations: Readonly<Record<string, TextMutation>> = {
  'drop-character': (text, random) => {
    const at = random.below(Math.max(1, text.length));
    return text.slice(0, at) + text.slice(at + 1);
  },
  'drop-stretch': (text, random) => {
    const at = random.below(Math.max(1, text.length));
    return text.slice(0, at) + text.slice(at + 1 + random.below(40));
  },
  'insert-nasty': (text, random) => insert(text, random.below(text.length + 1), random.pick(nasty)),
  truncate: (text, random) => text.slice(0, random.below(text.length + 1)),
  'drop-line': (text, random) => withLine(text, random, () => undefined),
  'double-line': (text, random) => withLine(text, random, (line) => `${line}\n${line}`),
  'swap-lines': (text, random) => {
    const lines = text.split('\n');
    const [a, b] = [random.below(lines.length), random.below(lines.length)];
    [lines[a], lines[b]] = [lines[b] ?? '', lines[a] ?? ''];
    return lines.join('\n');
  },
  indent: (text, random) => withLine(text, random, (line) => ' '.repeat(1 + random.below(4)) + line),
  outdent: (text, random) => withLine(text, random, (line) => line.replace(/^ {1,2}/, '')),
  'tab-indent': (text, random) => withLine(text, random, (line) => line.replace(/^ +/, '\t')),
  'swap-words': (text, random) => {
    const [{ start, word }, other] = [pickWord(text, random), pickWord(text, random)];
    return text.slice(0, start) + other.word + text.slice(start + word.length);
  },
  'slip-in-word': (text, random) => {
    const { start, word } = pickWord(text, random);
    const at = start + random.below(Math.max(1, word.length));
    return text.slice(0, at) + (text[at + 1] ?? '') + (text[at] ?? '') + text.slice(at + 2);
  },
  'word-to-nasty': (text, random) => {
    const { start, word } = pickWord(text, random);
    return text.slice(0, start) + random.pick(nasty) + text.slice(start + word.length);
  },
  'repeat-part': (text, random) => {
    const at = random.below(Math.max(1, text.length));
    return insert(text, at, text.slice(at, at + 1 + random.below(80)));
  },
  'carriage-returns': (text) => text.replaceAll('\n', '\r\n'),
};

/** The mutations of templates. */
export const templateMutations: Readonly<Record<string, TextMutation>> = {
  'insert-tag': (text, random) => insert(text, random.below(text.length + 1), random.pick(tags)),
  'replace-tag': (text, random) => {
    const present = [...text.matchAll(/\{\{[^}]*\}\}/g)];
    if (present.length === 0) return random.pick(tags) + text;
    const match = random.pick(present);
    return text.slice(0, match.index) + random.pick(tags) + text.slice(match.index + match[0].length);
  },
};
