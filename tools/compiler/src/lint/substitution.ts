import { isObject, type JsonObject, type JsonPath, type JsonValue, valueAt } from '@fluxwright/model';
import type { LintObject } from './lint-object.ts';

/** One `${…}` in the text of an object, as Flux's substitution reads it. */
export interface Substitution {
  readonly name: string;
  /** True for a form that says what stands where the variable is not set: `${NAME:=text}`, `${NAME:-text}`. */
  readonly hasDefault: boolean;
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
export function substitutions(each: LintObject): readonly Substitution[] {
  const key = 'kustomize.toolkit.fluxcd.io/substitute';
  for (const place of ['annotations', 'labels']) {
    if (valueAt(each.object, ['metadata', place, key]) === 'disabled') return [];
  }
  return [...texts(each.object, [])].flatMap(({ text, path }) =>
    [...text.matchAll(/(\$+)\{(\w+)([^}]*)\}/g)].flatMap(([whole, dollars = '', name = '', rest = '']) =>
      dollars.length % 2 === 0
        ? []
        : { name, hasDefault: /^:?[-=+?]/.test(rest), text: whole.slice(dollars.length - 1), path },
    ),
  );
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
