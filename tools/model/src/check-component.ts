import { type Diagnostic, type DiagnosticFields, diagnostic } from '@fluxwright/diagnostics';
import { formatPath, isObject } from './json-path.ts';
import type { JsonObject, JsonPath, JsonValue, SourceDocument } from './source-document.ts';
import { explainingSchema } from './values-schema.ts';
import type { Component } from './workspace.ts';

/**
 * What a component must keep whatever cluster has it: its values.schema.json is valid JSON Schema, closed, and describes
 * every key; its values.yaml keeps it, as far as a cluster need not set more.
 */
export function checkComponent(component: Component): readonly Diagnostic[] {
  const schema = explainingSchema(component.schema);
  if (!schema.ok) return [schema.diagnostic];
  return [...describedAndClosed(component.schema), ...checkDefaults(component, schema.check)];
}

function checkDefaults(
  { name, defaults }: Component,
  check: (value: JsonObject) => readonly { kind: string; path: JsonPath; rule: string; note: string }[],
): readonly Diagnostic[] {
  if (defaults === undefined || !isObject(defaults.value)) return [];
  return check(defaults.value)
    .filter(({ kind }) => kind !== 'missing')
    .map(({ kind, path, rule, note }) => {
      const what = kind === 'unknown' ? `has no value ${formatPath(path)}` : `: ${formatPath(path)} must ${rule}`;
      const message = `component "${name}" ${what}`.replace(' :', ':');
      const primary = defaults.locate(path, kind === 'unknown' ? 'key' : 'value');
      return diagnostic(kind === 'unknown' ? 'resolve/unknown-value' : 'resolve/invalid-value', {
        message,
        primary,
        note,
      });
    });
}

function describedAndClosed(schema: SourceDocument): readonly Diagnostic[] {
  const fault = (path: JsonPath, fields: DiagnosticFields): Diagnostic =>
    diagnostic('load/loose-schema', { ...fields, primary: schema.locate(path, 'key') });
  const visit = (value: JsonValue | undefined, path: JsonPath): readonly Diagnostic[] => {
    if (Array.isArray(value)) return value.flatMap((item: JsonValue, index) => visit(item, [...path, index]));
    if (!isObject(value)) return [];
    const properties = isObject(value.properties) ? value.properties : {};
    const open =
      isObject(value.properties) &&
      value.additionalProperties === undefined &&
      value.unevaluatedProperties === undefined;
    return [
      ...(open
        ? [
            fault(path, {
              message: `${schema.file} lets any key through`,
              note: 'not closed',
              help: 'add "additionalProperties": false',
            }),
          ]
        : []),
      ...Object.entries(properties).flatMap(([key, property]) =>
        isObject(property) && property.description === undefined && property.$ref === undefined
          ? [
              fault([...path, 'properties', key], {
                message: `${schema.file} does not describe "${key}"`,
                note: 'no description',
                help: 'add "description": one sentence for its users',
              }),
            ]
          : [],
      ),
      ...Object.entries(value).flatMap(([key, item]) =>
        key === 'properties' || key === '$defs'
          ? Object.entries(properties === item ? properties : (item as JsonObject)).flatMap(([name, each]) =>
              visit(each, [...path, key, name]),
            )
          : holdsSchemas.has(key)
            ? visit(item, [...path, key])
            : [],
      ),
    ];
  };
  return visit(schema.value, []);
}

/** Keywords with schemas inside. Those of conditions describe parts of what is closed elsewhere. */
const holdsSchemas = new Set(['items', 'prefixItems', 'additionalProperties', 'patternProperties', 'oneOf', 'anyOf']);
