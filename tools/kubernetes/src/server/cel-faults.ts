import { type JsonObject, type JsonPath, valueAt } from '@fluxwright/documents';
import type { JsonSchema } from '@fluxwright/kubernetes-schemas';
import { pathIn } from '../object/path-in.ts';
import { celRule } from './cel-rules.ts';
import { celValue } from './cel-value.ts';
import { type SchemaPlace, schemaPlaces } from './schema-places.ts';

/** A rule of a definition that a value breaks. */
export interface CelFault {
  readonly at: JsonPath;
  readonly rule: string;
  /** What the definition says of it, where it does. */
  readonly message?: string;
}

/** A rule that an update breaks. */
export interface TransitionFault extends CelFault {
  /** The place in the old object. */
  readonly was: JsonPath;
}

/** The rules that the value at a place breaks, those that compare with what was there aside. */
export function celFaults({ value, schemas, path }: SchemaPlace, root: JsonSchema): readonly CelFault[] {
  if (value === null) return [];
  const rules = rulesOf(schemas).flatMap(({ rule, message }) => {
    const run = rule.includes('oldSelf') ? undefined : celRule(rule);
    return run === undefined ? [] : [{ rule, message, run }];
  });
  if (rules.length === 0) return [];
  const self = celValue(value, schemas, root);
  return rules.flatMap(({ rule, message, run }) =>
    run({ self }) === false ? [{ at: path, rule, ...(message !== undefined && { message }) }] : [],
  );
}

/**
 * The rules that an update breaks: those that name `oldSelf`, run where both states have the value. Items of a list are compared by
 * their keys, and only where the list has some
 * (https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#transition-rules).
 */
export function transitionFaults(before: JsonObject, after: JsonObject, root: JsonSchema): readonly TransitionFault[] {
  return schemaPlaces(after, root).flatMap((place) =>
    rulesOf(place.schemas).flatMap(({ rule, message }) => {
      const old = rule.includes('oldSelf') ? pathIn(before, after, place.path) : undefined;
      const oldValue = old && valueAt(before, old);
      if (old === undefined || oldValue === undefined || oldValue === null || place.value === null) return [];
      const [self, oldSelf] = [place.value, oldValue].map((each) => celValue(each, place.schemas, root));
      const verdict = celRule(rule)?.({ self, oldSelf });
      return verdict === false ? [{ at: place.path, was: old, rule, ...(message !== undefined && { message }) }] : [];
    }),
  );
}

interface Rule {
  readonly rule: string;
  readonly message?: string;
}

function rulesOf(schemas: readonly JsonSchema[]): readonly Rule[] {
  return schemas.flatMap((each) => (each['x-kubernetes-validations'] ?? []) as readonly unknown[] as readonly Rule[]);
}
