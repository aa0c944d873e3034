import { didYouMean, listWords, maskSecrets, misspelt } from '@fluxwright/diagnostics';
import type { JsonPath, JsonValue } from '@fluxwright/documents';
import { formatPath, isObject, pointerPath, referredSchema, valueAt } from '@fluxwright/documents';
import type { ErrorObject } from 'ajv';

/** One breach of a JSON Schema in words, not yet bound to a file: where a value came from is the caller's knowledge. */
export interface SchemaFinding {
  readonly kind: 'unknown' | 'type' | 'missing' | 'invalid';
  /** The value, or the key that is unknown or missing. */
  readonly path: JsonPath;
  /** What a value must do, e.g. `be a string`; '' where the kind says it all. */
  readonly rule: string;
  readonly note: string;
  readonly help?: string;
  /** The part of the schema that forbids it, from the root of the schema. */
  readonly schemaPath?: JsonPath;
}

/** The first breaches, explained. */
export interface SchemaFindings {
  readonly findings: readonly SchemaFinding[];
  /** How many more there are at least. */
  readonly more: number;
}

/** More than anybody reads: what stands beyond is counted. */
const mostExplained = 200;

type Schema = Readonly<Record<string, unknown>>;

/**
 * Explains what ajv (run with allErrors and verbose) found in `value`. Of a failed anyOf or oneOf only the branch that was
 * meant speaks. Findings have a schemaPath where `schema` is given: the object that ajv compiled.
 */
export function schemaFindings(
  errors: readonly ErrorObject[],
  value: JsonValue,
  schema: JsonValue = null,
): SchemaFindings {
  const findings = withoutBranches(errors.slice(0, mostExplained), schema).map((error) => {
    const finding = explain(error, value);
    const at = error.parentSchema === undefined ? undefined : pathTo(schema, error.parentSchema);
    return at === undefined ? finding : { ...finding, schemaPath: [...at, error.keyword] };
  });
  return { findings: withoutSlips(findings), more: Math.max(0, errors.length - mostExplained) };
}

/** A required key that is misspelt is missing and unknown: one finding says both. */
function withoutSlips(findings: readonly SchemaFinding[]): readonly SchemaFinding[] {
  const places = Map.groupBy(findings, ({ path }) => formatPath(path.slice(0, -1)));
  const keysIn = (place: string, kind: SchemaFinding['kind']): readonly string[] =>
    (places.get(place) ?? []).filter((each) => each.kind === kind).map(({ path }) => String(path.at(-1)));
  const slips = new Map(
    [...places.keys()].map((place) => [place, misspelt(keysIn(place, 'unknown'), keysIn(place, 'missing'))]),
  );
  return findings.flatMap((finding) => {
    const here = slips.get(formatPath(finding.path.slice(0, -1)));
    const key = String(finding.path.at(-1));
    if (finding.kind === 'missing' && [...(here?.values() ?? [])].includes(key)) return [];
    const meant = finding.kind === 'unknown' ? here?.get(key) : undefined;
    if (meant === undefined) return [finding];
    return [{ ...finding, note: `no such key, and "${meant}" is missing`, help: `did you mean "${meant}"?` }];
  });
}

function explain(error: ErrorObject, root: JsonValue): SchemaFinding {
  const path = pointerPath(error.instancePath, root);
  const value = valueAt(root, path);
  const schema: Schema = error.parentSchema ?? {};
  const params = error.params as Readonly<Record<string, unknown>>;
  const described = typeof schema.description === 'string' ? { help: schema.description } : {};
  switch (error.keyword) {
    case 'additionalProperties':
    case 'unevaluatedProperties': {
      const key = String(params.additionalProperty ?? params.unevaluatedProperty);
      return { kind: 'unknown', path: [...path, key], rule: '', note: 'no such key', ...unknownHelp(key, schema) };
    }
    case 'required': {
      const key = String(params.missingProperty);
      const { description } = ((schema.properties as Record<string, Schema> | undefined)?.[key] ?? {}) as Schema;
      return {
        kind: 'missing',
        path: [...path, key],
        rule: '',
        note: `"${key}" is missing`,
        ...(typeof description === 'string' ? { help: `${key}: ${description}` } : {}),
      };
    }
    case 'type': {
      const types = [error.schema].flat().map(String);
      return {
        kind: 'type',
        path,
        rule: `be ${listWords(types.map(typeWord), 'or')}`,
        note: `this is ${kindOf(value)}`,
        ...quoteHelp(types, value),
      };
    }
    case 'enum': {
      const options = (error.schema as readonly unknown[]).map((each) => JSON.stringify(each));
      const near =
        typeof value === 'string' ? didYouMean(value, (error.schema as readonly unknown[]).map(String)) : undefined;
      return {
        kind: 'invalid',
        path,
        rule: `be ${listWords(options, 'or')}`,
        note: show(value),
        ...(near === undefined ? {} : { help: near }),
      };
    }
    case 'const':
      return { kind: 'invalid', path, rule: `be ${JSON.stringify(error.schema)}`, note: show(value) };
    case 'propertyNames':
      return {
        kind: 'invalid',
        path: [...path, String(params.propertyName)],
        rule: 'have another name',
        note: 'this key is not allowed here',
      };
    case 'pattern': {
      const rule = 'help' in described ? 'have another form' : `match ${error.schema}`;
      return { kind: 'invalid', path, rule, note: show(value), ...described };
    }
    default:
      return { kind: 'invalid', path, rule: ruleOf(error), note: show(value), ...described };
  }
}

const words: Readonly<Record<string, (limit: unknown) => string>> = {
  minimum: (limit) => `be at least ${limit}`,
  maximum: (limit) => `be at most ${limit}`,
  exclusiveMinimum: (limit) => `be more than ${limit}`,
  exclusiveMaximum: (limit) => `be less than ${limit}`,
  multipleOf: (limit) => `be a multiple of ${limit}`,
  minLength: (limit) => (limit === 1 ? 'have a text' : `be at least ${limit} characters long`),
  maxLength: (limit) => `be at most ${limit} characters long`,
  minItems: (limit) => `be a list of at least ${limit}`,
  maxItems: (limit) => `be a list of at most ${limit}`,
  minProperties: (limit) => `be a map with at least ${limit} key${limit === 1 ? '' : 's'}`,
  maxProperties: (limit) => `be a map with at most ${limit} key${limit === 1 ? '' : 's'}`,
  uniqueItems: () => 'be a list without repeats',
  format: (format) => `be a valid ${format}`,
  anyOf: () => 'have one of the allowed forms',
  oneOf: () => 'have exactly one of the allowed forms',
};

/** ajv says `must …`; so does every message made of a rule. */
function ruleOf(error: ErrorObject): string {
  return words[error.keyword]?.(error.schema) ?? (error.message ?? 'keep the schema').replace(/^must /, '');
}

function typeWord(type: string): string {
  const names: Record<string, string> = {
    object: 'a map',
    array: 'a list',
    integer: 'a whole number',
    boolean: 'true or false',
    null: 'null',
  };
  return names[type] ?? `a ${type}`;
}

function kindOf(value: JsonValue | undefined): string {
  if (value === null || value === undefined) return 'empty';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'boolean') return `${value}`;
  return typeof value === 'object' ? 'a map' : `the ${typeof value} ${show(value)}`;
}

function show(value: JsonValue | undefined): string {
  if (value !== null && typeof value === 'object') return Array.isArray(value) ? `a list of ${value.length}` : 'a map';
  // Before it is cut: the rest of a secret would be none that anybody knows.
  const text = maskSecrets(JSON.stringify(value ?? null));
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

function quoteHelp(types: readonly string[], value: JsonValue | undefined): { help?: string } {
  if (types.includes('string') && (typeof value === 'number' || typeof value === 'boolean'))
    return { help: `write it in quotes, "${value}"` };
  if (types.includes('array') && !types.includes('string') && typeof value === 'string')
    return { help: `write a list, [${value}]` };
  return {};
}

function unknownHelp(key: string, schema: Schema): { help?: string } {
  const known = Object.keys((schema.properties as object | undefined) ?? {});
  const near = didYouMean(key, known);
  if (near !== undefined) return { help: near };
  return known.length === 0 ? {} : { help: `known here: ${known.sort().join(', ')}` };
}

function withoutBranches(errors: readonly ErrorObject[], root: JsonValue): readonly ErrorObject[] {
  let kept = errors.filter((error) => error.propertyName === undefined);
  for (const error of errors.filter(({ keyword }) => keyword === 'anyOf' || keyword === 'oneOf')) {
    const branches = (error.schema as readonly unknown[]).map((branch) => {
      const parts = subschemas(branch, root, new Set());
      return kept.filter((each) => each !== error && parts.has(each.parentSchema));
    });
    // The branch that was meant is the one whose type fits.
    const meant = branches.filter(
      (branch) =>
        branch.length > 0 &&
        !branch.some((each) => each.keyword === 'type' && each.instancePath === error.instancePath),
    );
    const drop = new Set(branches.flat());
    const speaks = meant.length === 1 ? meant[0] : [error];
    kept = kept.flatMap((each) => (each === error ? (speaks ?? []) : drop.has(each) ? [] : [each]));
  }
  return kept;
}

function subschemas(schema: unknown, root: JsonValue, found: Set<unknown>): Set<unknown> {
  if (typeof schema !== 'object' || schema === null || found.has(schema)) return found;
  found.add(schema);
  for (const [key, value] of Object.entries(schema)) {
    subschemas(key === '$ref' && typeof value === 'string' ? referredSchema(value, root) : value, root, found);
  }
  return found;
}

/** Where a subschema stands: ajv hands back the very objects it was given. */
function pathTo(root: JsonValue, target: unknown): JsonPath | undefined {
  if (root === target) return [];
  if (Array.isArray(root)) {
    for (const [index, item] of root.entries()) {
      const found = pathTo(item, target);
      if (found !== undefined) return [index, ...found];
    }
  } else if (isObject(root)) {
    for (const [key, item] of Object.entries(root)) {
      const found = pathTo(item, target);
      if (found !== undefined) return [key, ...found];
    }
  }
  return undefined;
}
