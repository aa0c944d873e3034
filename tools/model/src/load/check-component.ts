import { type Diagnostic, diagnostic } from '@fluxwright/diagnostics';
import type { JsonObject, JsonPath, JsonValue, SourceDocument } from '@fluxwright/documents';
import { formatPath, isObject, limitFindings, valueAt } from '@fluxwright/documents';
import { definitionLabels } from '../schema/definition-label.ts';
import type { SchemaFinding } from '../schema/schema-findings.ts';
import { mergeValues } from './merge-values.ts';
import { secretsOf, seesSecret } from './secret-paths.ts';
import { explainingSchema, valuesSchema } from './values-schema.ts';
import type { Component } from './workspace.ts';

/**
 * What a component must keep whatever cluster has it: its values.schema.json is valid JSON Schema, closed, and describes
 * every key; its values.yaml keeps it, and so does each of its answers to choices over that, as far as a cluster need not set more.
 */
export function checkComponent(component: Component): readonly Diagnostic[] {
  const schema = explainingSchema(component.schema);
  if (!schema.ok) return [schema.diagnostic];
  const { defaults, answers } = component;
  const none = { findings: [], more: 0 };
  const own = defaults !== undefined && isObject(defaults.value) ? defaults.value : {};
  const { findings, more } = defaults === undefined ? none : schema.check(own);
  return [
    ...looseParts(component.schema),
    ...limitFindings(
      findings.flatMap((finding) =>
        defaults === undefined || finding.kind === 'missing'
          ? []
          : [() => defaultDiagnostic(component, defaults, finding)],
      ),
      more,
    ),
    ...answers.flatMap(({ document }) => {
      const answer = isObject(document.value) ? document.value : {};
      const wrong = schema.check(mergeValues(own, answer));
      // What the defaults have by themselves is said of them.
      const makers = wrong.findings
        .filter(({ kind, path }) => kind !== 'missing' && valueAt(answer, path) !== undefined)
        .map((finding) => () => defaultDiagnostic(component, document, finding));
      return limitFindings(makers, wrong.more);
    }),
  ];
}

/** Where a schema lets any key through, or does not say what a key is. */
export function looseParts(schema: SourceDocument): readonly Diagnostic[] {
  return [...subschemas(schema.value)].flatMap(([path, each]) => looseness(schema, path, each));
}

/** What the component's schema forbids in a whole set of its values; nothing where the schema is no use, which is reported elsewhere. */
export function checkValues(component: Component, values: JsonObject): readonly SchemaFinding[] {
  const schema = valuesSchema(component.schema);
  return schema.ok ? schema.check(values).findings : [];
}

/** What a default lacks, a cluster can set. */
function defaultDiagnostic(component: Component, defaults: SourceDocument, finding: SchemaFinding): Diagnostic {
  const { name } = component;
  const { kind, path, rule } = finding;
  const isSecret =
    kind !== 'unknown' && isObject(defaults.value) && seesSecret(path, secretsOf(component, defaults.value));
  const note = isSecret ? 'this is secret and not shown' : finding.note;
  if (kind === 'unknown') {
    const message = `component "${name}" has no value ${formatPath(path)}`;
    return diagnostic('resolve/unknown-value', { message, primary: defaults.locate(path, 'key'), note });
  }
  const message = `component "${name}": ${formatPath(path)} must ${rule}`;
  return diagnostic('resolve/invalid-value', { message, primary: defaults.locate(path), note });
}

function looseness(schema: SourceDocument, path: JsonPath, each: JsonObject): readonly Diagnostic[] {
  const loose = (at: JsonPath, what: string, note: string, help: string) => {
    const primary = schema.locate(at, 'key');
    return diagnostic('load/loose-schema', {
      message: `${primary.file} ${what}`,
      primary,
      note,
      labels: definitionLabels(schema, at),
      help,
    });
  };
  const properties = isObject(each.properties) ? Object.entries(each.properties) : [];
  const open =
    properties.length > 0 && each.additionalProperties === undefined && each.unevaluatedProperties === undefined;
  const silent = properties.filter(
    ([, value]) => isObject(value) && value.description === undefined && value.$ref === undefined,
  );
  return [
    ...(open ? [loose(path, 'lets any key through', 'not closed', 'add "additionalProperties": false')] : []),
    ...silent.map(([key]) =>
      loose(
        [...path, 'properties', key],
        `does not describe "${key}"`,
        'no description',
        'add "description": one sentence for its users',
      ),
    ),
  ];
}

/** Keywords that hold one schema, a list of them, or a map of them. Conditions describe parts of what is closed elsewhere. */
const single = ['items', 'additionalProperties'];
const lists = ['prefixItems', 'oneOf', 'anyOf'];
const maps = ['properties', 'patternProperties', '$defs'];

function* subschemas(schema: JsonValue | undefined, path: JsonPath = []): Generator<[JsonPath, JsonObject]> {
  if (!isObject(schema)) return;
  yield [path, schema];
  for (const key of single) yield* subschemas(schema[key], [...path, key]);
  for (const key of [...lists, ...maps]) {
    for (const [step, each] of entriesOf(schema[key])) yield* subschemas(each, [...path, key, step]);
  }
}

function entriesOf(value: JsonValue | undefined): readonly (readonly [string | number, JsonValue])[] {
  if (Array.isArray(value)) return [...value.entries()];
  return isObject(value) ? Object.entries(value) : [];
}
