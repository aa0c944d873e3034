import { encodedForms, lowerCase } from './encoded-forms.ts';
import { lineStarts } from './lines.ts';
import type { Position, Span } from './span.ts';

/** What one owner knows to be secret. */
export interface Secrets {
  /** Values, as the files or the environment have them. */
  readonly texts: readonly string[];
  /** Where values stand in files. */
  readonly spans?: readonly Span[];
  /** Files that could not be understood: in them the value of each key that is called like a secret is one. */
  readonly unread?: ReadonlySet<string>;
  /** How secrets are called, besides what everybody calls so. */
  readonly names?: ReadonlySet<string>;
}

/*
 * What is known to be secret is known to the process, not to a call: a finding is made in a hundred places, by functions that
 * see a part of a value, in words of other programs too. So whoever learns of a secret says so here, before anything is
 * made of it, and every text that leaves is held against it (docs/decisions/0027).
 */
const owners = new Map<string, Secrets>();
let needles: readonly Needle[] | undefined;

interface Needle {
  readonly form: string;
  /** A short text is masked as a word only. */
  readonly isWord: boolean;
}

/** Shorter texts are no secrets that a text could be searched for: only their places are masked. */
const shortest = 4;
const shortestPart = 8;

/** Says what is secret, in the place of what the same owner said before: a workspace, a server. */
export function keepSecrets(owner: string, secrets: Secrets): void {
  owners.set(owner, secrets);
  needles = undefined;
}

/** Masks every secret that somebody has kept, in whatever encoding it stands in the text. Idempotent. */
export function maskKnown(text: string, mask: (secret: string) => string = () => '***'): string {
  needles ??= makeNeedles();
  if (needles.length === 0 || text === '') return text;
  const ranges = rangesIn(text, needles);
  let masked = '';
  let at = 0;
  for (const [start, end] of ranges) {
    masked += text.slice(at, start) + mask(text.slice(start, end));
    at = end;
  }
  return masked + text.slice(at);
}

/** Masks the places of secrets in the text of a file, character by character: line breaks and columns stay. */
export function maskPlaces(file: string, text: string): string {
  const secrets = [...owners.values()];
  const spans = secrets.flatMap(({ spans = [] }) => spans.filter((span) => span.file === file));
  const unread = secrets.filter((each) => each.unread?.has(file));
  let masked = text;
  if (spans.length > 0) {
    const starts = lineStarts(text);
    for (const { start, end } of spans) {
      if (start === undefined || end === undefined) continue;
      // A file that has changed since may be shorter.
      const offsetOf = ({ line, column }: Position): number =>
        Math.min((starts[line - 1] ?? text.length) + column - 1, starts[line] ?? text.length);
      const from = offsetOf(start);
      const until = offsetOf(end);
      masked = masked.slice(0, from) + stars(masked.slice(from, until)) + masked.slice(until);
    }
  }
  return unread.length === 0 ? masked : maskNamed(masked, new Set(unread.flatMap(({ names = [] }) => [...names])));
}

/** As many stars, line breaks kept. */
export function stars(text: string): string {
  return text.replace(/[^\r\n]/g, '*');
}

/** How people call what is secret. */
export const secretName =
  /(^|[^a-z])(pass(word|wd|phrase|code)?|pwd?|pin|token|secret|credentials?|(api|access|private|secret|signing|encryption|auth)[_-]?key)$|(password|passwd|passphrase|token|secret|apikey|accesskey|privatekey|secretkey)$/i;

/** Masks what stands beside keys of those names, in YAML or JSON that may be broken: the rest of the line, and a block below it. */
function maskNamed(text: string, names: ReadonlySet<string>): string {
  let block: number | undefined;
  return text
    .split('\n')
    .map((line) => {
      const indent = line.search(/\S/);
      if (block !== undefined && (indent < 0 || indent > block)) return stars(line);
      block = undefined;
      return line.replace(
        /(["']?)([\w.-]+)\1([ \t]*[:=][ \t]*)(?=[^\s{[])("(?:[^"\\]|\\.)*"?|'[^']*'?|[^,}\]]*)/g,
        (found: string, quote: string, key: string, between: string, value: string) => {
          if (!names.has(key) && !secretName.test(key)) return found;
          if (/^[|>]/.test(value)) block = indent;
          return `${quote}${key}${quote}${between}${stars(value)}`;
        },
      );
    })
    .join('\n');
}

function makeNeedles(): readonly Needle[] {
  const texts = new Set([...owners.values()].flatMap((each) => each.texts.flatMap(withLines)));
  const forms = new Map<string, boolean>();
  for (const text of texts) {
    const isWord = text.length < shortestPart;
    for (const form of encodedForms(text)) forms.set(form, isWord && (forms.get(form) ?? true));
  }
  return [...forms].map(([form, isWord]) => ({ form, isWord }));
}

/** A text and its lines: printers show one line. */
function withLines(text: string): readonly string[] {
  if (text.trim().length < shortest) return [];
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  const long = lines.length < 2 ? [] : lines.filter((line) => line.length >= shortestPart && !line.startsWith('-----'));
  return [text, text.trim(), ...long];
}

function rangesIn(text: string, needles: readonly Needle[]): readonly (readonly [number, number])[] {
  const folded = lowerCase(text);
  const found: [number, number][] = [];
  for (const { form, isWord } of needles) {
    for (let at = folded.indexOf(form); at !== -1; at = folded.indexOf(form, at + 1)) {
      const end = at + form.length;
      const isInWord = /\w/.test(text[at - 1] ?? '') || /\w/.test(text[end] ?? '');
      if (!isWord || !isInWord) found.push([at, end]);
    }
  }
  found.sort(([a], [b]) => a - b);
  const merged: [number, number][] = [];
  for (const [start, end] of found) {
    const last = merged.at(-1);
    if (last !== undefined && start <= last[1]) last[1] = Math.max(last[1], end);
    else merged.push([start, end]);
  }
  return merged;
}
