import type { JsonObject, JsonValue } from '@fluxwright/documents';
import { isObject, referredSchema } from '@fluxwright/documents';

type Schema = JsonObject;

interface Row {
  readonly path: string;
  readonly schema: Schema;
  readonly fallback: unknown;
}

/**
 * A component's values as a Markdown table, one row for each value that can be set, in the order of the schema. A shape that
 * is shared under `$defs` is one row, or one for each of its keys where some of these are shared shapes themselves. Descriptions come from the schema, defaults from values.yaml.
 */
export function valuesTable(schema: Schema, defaults: unknown): string {
  const rows = rowsOf({ path: '', schema, fallback: defaults }, schema);
  if (rows.length === 0) return 'There is nothing to set.\n';
  const lines = rows.map((row) => `| \`${row.path}\` | ${fallbackText(row)} | ${descriptionText(row)} |\n`);
  return `| Value | Default | Meaning |\n| --- | --- | --- |\n${lines.join('')}`;
}

function rowsOf(row: Row, root: Schema): Row[] {
  const properties = row.schema.properties ?? propertiesOfShape(row.schema, root);
  if (!isObject(properties)) return row.path === '' ? [] : [row];
  return Object.entries(properties).flatMap(([key, schema]) =>
    rowsOf(
      {
        path: row.path === '' ? key : `${row.path}.${key}`,
        schema: isObject(schema) ? schema : {},
        fallback: isMap(row.fallback) ? row.fallback[key] : undefined,
      },
      root,
    ),
  );
}

function propertiesOfShape({ $ref }: Schema, root: Schema): JsonValue | undefined {
  const shape = referredSchema($ref, root);
  const properties = isObject(shape) ? shape.properties : undefined;
  const isMade = isObject(properties) && Object.values(properties).some((each) => isObject(each) && '$ref' in each);
  return isMade ? properties : undefined;
}

function fallbackText({ fallback }: Row): string {
  return fallback === undefined ? 'not set' : `\`${flow(fallback).replaceAll('|', '\\|')}\``;
}

function descriptionText({ schema }: Row): string {
  const description = String(schema.description ?? '').replaceAll('|', '\\|');
  const options = schema.enum as readonly unknown[] | undefined;
  return options === undefined
    ? description
    : `${description} One of ${options.map((each) => `\`${each}\``).join(', ')}.`;
}

/** A value in YAML's flow style, without the quotes that a reader does not need. */
function flow(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(flow).join(', ')}]`;
  if (isMap(value)) {
    const entries = Object.entries(value).map(([key, each]) => `${key}: ${flow(each)}`);
    return `{${entries.join(', ')}}`;
  }
  return value === '' ? '""' : String(value);
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
