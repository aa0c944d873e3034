import type { ErrorCode } from 'yaml';

const quote = 'write a text that has ": " or " #", or begins with one of [ ] { } > | * & ! % @ `, in quotes';

/** What mends a fault of YAML's syntax, by the parser's code for it. */
const helps: Readonly<Record<ErrorCode, string>> = {
  ALIAS_PROPS: 'remove the anchor or tag before the *alias',
  BAD_ALIAS: 'write the name of an anchor after the *, or the text in quotes',
  BAD_COLLECTION_TYPE: 'remove the tag: maps and lists need none',
  BAD_DIRECTIVE: 'remove the line that begins with %: files are YAML 1.2',
  BAD_DQ_ESCAPE: 'in double quotes a backslash is written \\\\; in single quotes it is plain',
  BAD_INDENT: 'indent it as its neighbours are: two spaces below the key that holds it',
  BAD_PROP_ORDER: 'write the anchor or tag after the dash or colon',
  BAD_SCALAR_START: quote,
  BLOCK_AS_IMPLICIT_KEY: `begin a new line for each key, or ${quote}`,
  BLOCK_IN_FLOW: 'inside [ ] and { } keys and items are separated by commas, without dashes',
  DUPLICATE_KEY: 'keep one of the two',
  IMPOSSIBLE: 'compare the line with its neighbours: colons, dashes, quotes and spaces',
  KEY_OVER_1024_CHARS: 'shorten the key, or write it after "? "',
  MISSING_CHAR:
    'add what is missing: a closing quote or bracket, a comma between items, a colon and a space after a key',
  MULTILINE_IMPLICIT_KEY: 'write the key and its colon on one line; a quote that is not closed looks like this too',
  MULTIPLE_ANCHORS: 'keep one anchor',
  MULTIPLE_DOCS: 'keep one document in each file',
  MULTIPLE_TAGS: 'keep one tag',
  NON_STRING_KEY: 'write the key as plain text',
  RESOURCE_EXHAUSTION: 'split the file, or spell its aliases out',
  TAB_AS_INDENT: 'indent with spaces',
  TAG_RESOLVE_FAILED: 'remove the tag: text, numbers, true, false and null need none; a text may stand in quotes',
  UNEXPECTED_TOKEN: `something before it ends too early or is not closed; ${quote}`,
};

/** The help line for a fault that the `yaml` library found. */
export function yamlHelp(code: string): string {
  return helps[code as ErrorCode] ?? helps.IMPOSSIBLE;
}
