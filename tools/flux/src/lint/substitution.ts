import { isObject, type JsonObject, type JsonPath, type JsonValue, valueAt } from '@fluxwright/documents';
import type { TreeObject } from '../tree/tree-object.ts';

/** One `${…}` in the text of an object, as Flux's substitution reads it. */
export interface Substitution {
  readonly name: string;
  /** True for a form that says what stands where the variable is not set: `${NAME:=text}`, `${NAME:-text}`. */
  readonly hasDefault: boolean;
  /** False for what Flux refuses to read, such as `${a.b}`: the build fails. */
  readonly isForm: boolean;
  /** As it stands. */
  readonly text: string;
  readonly path: JsonPath;
}

/** True where a FluxKustomization substitutes: it defines a variable, or asks for it (Flux 2.9). */
export function isSubstituted(spec: JsonObject): boolean {
  return (
    inlineVariables(spec).length > 0 ||
    hasUnknownVariables(spec) ||
    valueAt(spec, ['postBuild', 'substituteStrategy']) === 'Always'
  );
}

/** True where variables come from ConfigMaps or Secrets: then nobody can say here which there are. */
export function hasUnknownVariables(spec: JsonObject): boolean {
  const from = valueAt(spec, ['postBuild', 'substituteFrom']);
  return Array.isArray(from) && from.length > 0;
}

/** Names of the variables that a FluxKustomization defines itself. */
export function inlineVariables(spec: JsonObject): readonly string[] {
  const variables = valueAt(spec, ['postBuild', 'substitute']);
  return isObject(variables) ? Object.keys(variables) : [];
}

/**
 * The variables in an object's texts; a doubled dollar stands for itself. [] for an object that is annotated or labelled
 * to be left alone, and for the data of a Secret, which is base64
 * (kustomize-controller docs/spec/v1/kustomizations.md, "Post build variable substitution").
 */
export function substitutions(each: TreeObject): readonly Substitution[] {
  const key = 'kustomize.toolkit.fluxcd.io/substitute';
  for (const place of ['annotations', 'labels']) {
    if (valueAt(each.object, ['metadata', place, key]) === 'disabled') return [];
  }
  return [...texts(each.object, [])].flatMap(({ text, path }) => [...read(text)].map((found) => ({ ...found, path })));
}

/**
 * Every `${…}` of a text, those within the word of another included: Flux evaluates the word also where it is not needed.
 * Only `=` and `:` with `=`, `-`, `?` or `+` say what stands for an unset variable; the length of a variable `${#NAME}`, its
 * letters `${NAME^^}`, its parts `${NAME:0:3}` and `${NAME/a/b}` ask for the variable itself, and what begins otherwise is
 * refused (fluxcd/pkg envsubst v1.7.1: parse/parse.go parseFunc, template.go evalFunc).
 */
function* read(text: string): Generator<Omit<Substitution, 'path'>> {
  for (const { index, 1: dollars = '' } of text.matchAll(/(\$+)\{/g)) {
    if (dollars.length % 2 === 0) continue;
    const start = index + dollars.length - 1;
    const whole = text.slice(start, endOf(text, start));
    const [, length = '', name = '', operator = ''] =
      /^\$\{(#?)([\p{L}\p{Nd}_]*)([:=,^/#%]?[-=+?]?)/u.exec(whole) ?? [];
    const isForm =
      name !== '' && (operator !== '' ? !/^[-+?]/.test(operator) : whole.at(length.length + 2 + name.length) === '}');
    yield { name, hasDefault: /^(=|:[-=+?])/.test(operator), isForm, text: whole };
  }
}

/** Behind the brace that ends the `${` at `start`, the ends of those within it counted; the text's end where there is none. */
function endOf(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at += 1) {
    if (text.startsWith('${', at)) depth += 1;
    else if (text[at] === '}') {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return text.length;
}

function* texts(value: JsonValue, path: JsonPath): Generator<{ readonly text: string; readonly path: JsonPath }> {
  if (typeof value === 'string') {
    if (value.includes('${')) yield { text: value, path };
    return;
  }
  if (value === null || typeof value !== 'object') return;
  for (const [key, each] of Array.isArray(value) ? value.entries() : Object.entries(value)) {
    yield* texts(each, [...path, key]);
  }
}
