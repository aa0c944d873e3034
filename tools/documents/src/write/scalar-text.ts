/**
 * How a string is written so that every YAML reader gives it back as a string. Kubernetes reads YAML with Go parsers that
 * follow 1.1 in part, other tools read 1.2 (https://yaml.org/spec/1.1/, https://yaml.org/spec/1.2.2/ §7.3). Only what no
 * reader can take for something else is written plain; the rest is a JSON string, which is a double-quoted scalar of YAML.
 */

/** Words that some reader takes for a boolean or null, in any case, or (`e5`) for a number. */
const reserved = /^(?:y|yes|n|no|on|off|true|false|null|e[-+]?\d+)$/i;

/** Begins so that it can be no number, date, indicator or special float. */
const plainStart = /^(?:[A-Za-z_/(]|\.{1,2}\/)/;

/** Begins with a digit, but a letter no number has or a second dot tells that it is none: `10m`, `256Mi`, `1.21.1`. */
const plainDigits = /^\d(?:[\d.]*[G-NQ-WYZg-nq-wyz/]|\d*\.\d+\.\d)/;

/** Printable ASCII and letters of any script, with no `: ` or ` #` and no space or `:` at the end. */
const plainRest = /^(?:[!-9;-~\p{L}]|:(?![ ]|$)| (?![ #]|$))*$/u;

/** Longer keys need another form: YAML limits an implicit key to 1,024 characters (YAML 1.2.2 §7.4.2). */
export const longestKey = 1000;

/** The string on one line: plain where that is safe, else in double quotes. */
export function scalarText(text: string): string {
  return isPlain(text) ? text : quoted(text);
}

function isPlain(text: string): boolean {
  if (plainStart.test(text)) return plainRest.test(text) && !reserved.test(text);
  return plainDigits.test(text) && !text.includes(':') && plainRest.test(text);
}

/** Line breaks of YAML 1.1, and characters a YAML stream may hold only as escapes (YAML 1.2.2 §5.1). */
const escapedOnly = /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g;

function quoted(text: string): string {
  return JSON.stringify(text).replace(escapedOnly, (each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Lines of printable characters, none of them blank but empty ones between, the first not indented. */
const literalLines =
  /^[!-~\p{L}](?:[ -~\t\p{L}]*[!-~\p{L}])?(?:\n*\n(?:[ ]*[!-~\p{L}](?:[ -~\t\p{L}]*[!-~\p{L}])?))+\n?$/u;

/**
 * The string as a literal block scalar (YAML 1.2.2 §8.1.2) whose lines begin with `indent`; undefined where a block
 * cannot hold it, or it has no line break that is worth one.
 */
export function literalText(text: string, indent: string): string | undefined {
  if (!text.includes('\n') || !literalLines.test(text)) return undefined;
  const lines = text.endsWith('\n') ? text.slice(0, -1) : text;
  const block = lines.replace(/^(?=.)/gm, indent);
  return `${text.endsWith('\n') ? '|' : '|-'}\n${block}`;
}
