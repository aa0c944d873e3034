import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { JsonObject } from '@fluxwright/documents';
import { compile, type JSONSchema } from 'json-schema-to-typescript';

const schemas = path.join(import.meta.dirname, '../../schemas');

/** The TypeScript of src/generated, by file name: made from the JSON Schemas of the manifests, which are the only source. */
export async function manifestTypes(): Promise<ReadonlyMap<string, string>> {
  const cluster = await readSchema('cluster');
  return new Map([
    ['component.ts', await typesOf(spec(await readSchema('component')), 'component')],
    ['product.ts', await typesOf(spec(await readSchema('product')), 'product')],
    ['cluster.ts', await typesOf(completeCluster(cluster), 'cluster')],
    ['component-test.ts', await typesOf(spec(await readSchema('component-test')), 'component-test')],
    ['chart-facts.ts', await typesOf(spec(await readSchema('chart-facts')), 'chart-facts')],
    ['definition-facts.ts', await typesOf(spec(await readSchema('definition-facts')), 'definition-facts')],
  ]);
}

/** TypeScript types of a component's values, from its values.schema.json. `name` becomes the name of the interface. */
export async function valuesTypes(schema: JsonObject, name: string): Promise<string> {
  const { title: _, ...rest } = schema;
  return compile(rest as JSONSchema, name, {
    bannerComment: banner('values.schema.json', 'node tools/model/scripts/values-types.ts FOLDER'),
    style,
  });
}

const style = { singleQuote: true, printWidth: 120 };

async function readSchema(kind: string): Promise<SchemaFile> {
  return JSON.parse(await readFile(path.join(schemas, `${kind}.schema.json`), 'utf8'));
}

interface SchemaFile {
  readonly $defs: Readonly<Record<string, Schema>>;
}

interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
}

function spec(file: SchemaFile): JSONSchema {
  return { ...file.$defs.spec, $defs: file.$defs } as JSONSchema;
}

/** The merged settings: their keys, with what `complete` requires of them. Draft 2020-12 reads both; TypeScript needs them as one. */
function completeCluster(file: SchemaFile): JSONSchema {
  const { settings = {}, complete = {} } = file.$defs;
  return { ...requireAll(settings, complete), title: 'ClusterSpec', $defs: file.$defs } as JSONSchema;
}

function requireAll(schema: Schema, complete: Schema): Schema {
  const nested = Object.entries(complete.properties ?? {}).map(([key, value]) => [
    key,
    requireAll(schema.properties?.[key] ?? {}, value),
  ]);
  return {
    ...schema,
    ...(complete.required === undefined ? {} : { required: complete.required }),
    ...(nested.length === 0 ? {} : { properties: { ...schema.properties, ...Object.fromEntries(nested) } }),
  };
}

function typesOf(schema: JSONSchema, kind: string): Promise<string> {
  return compile(schema, kind, {
    cwd: `${schemas}/`,
    bannerComment: banner(`tools/model/schemas/${kind}.schema.json`, 'nx run model:generate-types'),
    style,
    ignoreMinAndMaxItems: true,
  });
}

function banner(source: string, command: string): string {
  return `// Generated from ${source} by \`${command}\`. Do not edit.`;
}
