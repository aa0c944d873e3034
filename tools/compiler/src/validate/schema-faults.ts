import { didYouMean, listWords, misspelt } from '@fluxwright/diagnostics';
import { formatPath, type JsonObject, type JsonPath, pointerPath } from '@fluxwright/documents';
import { keysOf, schemaAt } from '@fluxwright/kubernetes';
import type { JsonSchema } from '@fluxwright/kubernetes-schemas';
import type { Violation } from 'kubeconform-wasm';
import { unusable } from '../engines/schema-engine.ts';

/** One breach of a schema in words. */
export interface SchemaFault {
  readonly at: JsonPath;
  readonly part?: 'key';
  /** Ends a sentence that begins with the object: `has no key "replica" in spec`. */
  readonly message: string;
  readonly note?: string;
  readonly help?: string;
  /** Set for what another release of the same kind may well allow: a key that resembles none, a value of another type. */
  readonly releaseBound?: true;
}

/**
 * Says what kubeconform found in an object in words, one fault for each key or value; a required key that is misspelt, which is both
 * missing and unknown, is one. Its messages are those of
 * github.com/santhosh-tekuri/jsonschema/v6 (kind/kind.go); one that is not known here is passed on as it is.
 */
export function schemaFaults(
  violations: readonly Violation[],
  object: JsonObject,
  schema: JsonSchema,
): readonly SchemaFault[] {
  const read = violations.map((each) => ({ violation: each, ...keysOfViolation(each) }));
  const places = Map.groupBy(read, ({ violation }) => violation.path);
  return read.flatMap(({ violation, extra, missing }) => {
    const here = places.get(violation.path) ?? [];
    const slips = misspelt(
      here.flatMap((each) => each.extra),
      here.flatMap((each) => each.missing),
    );
    const at = pointerPath(violation.path, object);
    const meant = new Set(slips.values());
    const keys = [
      ...extra.map((key) => unknownKey(at, key, { schema, missing: slips.get(key) })),
      ...missing.filter((key) => !meant.has(key)).map((key) => missingKey(at, key)),
    ];
    return extra.length + missing.length > 0 ? keys : [otherFault(at, violation.message)];
  });
}

/** The keys that a violation is about. */
function keysOfViolation({ message }: Violation): { readonly extra: string[]; readonly missing: string[] } {
  const extra = /^additional properties (.+) not allowed$/s.exec(message)?.[1] ?? '';
  const missing = /^missing propert(?:y|ies) (.+)$/s.exec(message)?.[1] ?? '';
  return { extra: quotedWords(extra), missing: quotedWords(missing) };
}

function otherFault(at: JsonPath, message: string): SchemaFault {
  if (message.startsWith(unusable)) {
    const help = 'mend the definition: the API server refuses it';
    return { at: ['kind'], message: 'cannot be checked', note: message, help };
  }
  return { at, ...valueFault(at, message) };
}

/** `missing`: the required key that it is a slip of. */
function unknownKey(
  at: JsonPath,
  key: string,
  { schema, missing }: { readonly schema: JsonSchema; readonly missing: string | undefined },
): SchemaFault {
  const allowed = keysOf(schemaAt(schema, at));
  const meant = didYouMean(key, missing === undefined ? allowed : [missing]);
  const help =
    meant ??
    (allowed.length === 0 || allowed.length > 12
      ? 'remove it, or move it to where it belongs'
      : `known here: ${listWords(allowed.toSorted(), 'and')}`);
  return {
    at: [...at, key],
    part: 'key',
    message: `may not have the key "${key}"${inside(at)}`,
    note: missing === undefined ? 'unknown key' : `unknown key, and no "${missing}" here`,
    help,
    ...(meant === undefined ? { releaseBound: true } : {}),
  };
}

function missingKey(at: JsonPath, key: string): SchemaFault {
  return {
    at,
    ...(at.length === 0 ? {} : { part: 'key' }),
    message: `needs the key "${key}"${inside(at)}`,
    note: `no "${key}" here`,
    help: `add ${formatPath([...at, key])}`,
  };
}

function valueFault(at: JsonPath, message: string): Pick<SchemaFault, 'message' | 'note' | 'help' | 'releaseBound'> {
  const path = at.length === 0 ? 'its content' : formatPath(at);
  const type = /^got (\w+), want (.+)$/.exec(message);
  if (type !== null) {
    const wanted = (type[2] as string).split(/ or |, /).filter((each) => each !== 'null');
    const wants = listWords(wanted.map(withArticle), 'or');
    const help =
      wanted.includes('string') && type[1] !== 'object' && type[1] !== 'array' ? 'put it in quotes' : undefined;
    return {
      message: `has ${withArticle(type[1] as string)} at ${path}, where ${wants} belongs`,
      note: `must be ${wants}`,
      ...(help === undefined ? {} : { help }),
      releaseBound: true,
    };
  }
  return { message: `breaks the schema at ${path}`, note: readable(message) };
}

function readable(message: string): string {
  const bound = /^(\w+): got (\S+), want (\S+)$/.exec(message);
  const said = bound === null ? undefined : bounds[bound[1] as string];
  if (bound !== null && said !== undefined) return said(bound[3] as string, bound[2] as string);
  return message
    .replace(/^'(any|one)Of' failed(, none matched)?: /, 'none of these holds: ')
    .replace(/\bnull or /g, '');
}

const bounds: Readonly<Record<string, (want: string, got: string) => string>> = {
  minLength: (want, got) => `must have at least ${want} characters, has ${got}`,
  maxLength: (want, got) => `may have at most ${want} characters, has ${got}`,
  minItems: (want, got) => `must have at least ${want} items, has ${got}`,
  maxItems: (want, got) => `may have at most ${want} items, has ${got}`,
  minProperties: (want, got) => `must have at least ${want} keys, has ${got}`,
  maxProperties: (want, got) => `may have at most ${want} keys, has ${got}`,
  minimum: (want) => `must be at least ${want}`,
  maximum: (want) => `may be at most ${want}`,
  exclusiveMinimum: (want) => `must be more than ${want}`,
  exclusiveMaximum: (want) => `must be less than ${want}`,
};

const articles: Readonly<Record<string, string>> = {
  object: 'a map',
  array: 'a list',
  integer: 'a whole number',
  number: 'a number',
  string: 'a string',
  boolean: 'a boolean',
  null: 'null',
};

function withArticle(type: string): string {
  return articles[type] ?? type;
}

function inside(at: JsonPath): string {
  return at.length === 0 ? '' : ` in ${formatPath(at)}`;
}

/** The words of `'a', 'b\'s'`. */
function quotedWords(list: string): string[] {
  return [...list.matchAll(/'((?:[^'\\]|\\.)*)'/gs)].map(([, word]) => (word as string).replace(/\\(.)/gs, '$1'));
}
