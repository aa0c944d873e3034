/**
 * What a YAML stream may not hold (YAML 1.2.2 §5.1, `c-printable`): parsers in Go refuse it, those in JavaScript let it pass. And what ends
 * a line for Go alone, so that a comment may end there and a key begin: CR without LF, NEL (`is_break` of gopkg.in/yaml.v3, yamlprivateh.go).
 */
const unprintable =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]|\r(?!\n)|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

/** A character that no YAML text may hold. */
export interface UnprintableCharacter {
  readonly offset: number;
  /** `U+007F`. */
  readonly name: string;
  readonly help: string;
}

/** The first character of a text that no YAML text may hold as it is. */
export function findUnprintable(text: string): UnprintableCharacter | undefined {
  const offset = text.search(unprintable);
  if (offset === -1) return undefined;
  const name = `U+${text.charCodeAt(offset).toString(16).toUpperCase().padStart(4, '0')}`;
  return { offset, name, help: text[offset] === '\r' ? returnHelp : unprintableHelp };
}

const unprintableHelp =
  'remove the character; where it is meant, write it as an escape in double quotes, e.g. "\\u007f"';

const returnHelp =
  'end each line with a line feed, or with both characters; where a carriage return is meant, write "\\r" in double quotes';

/** False where a text has half of a surrogate pair, e.g. from the escape `\ud800`: it has no bytes in UTF-8 (Unicode 3.9, D76). */
export function isWholeText(text: string): boolean {
  return text.isWellFormed();
}

export const brokenTextHelp = 'write the character itself, or both halves of the pair: "\\ud83d\\ude00"';
