import { keepSecrets, type Span, secretName } from '@fluxwright/diagnostics';
import type { JsonObject, JsonPath, JsonValue, SourceDocument } from '@fluxwright/documents';
import { allInPlace, isObject, valueAt } from '@fluxwright/documents';
import { productValues } from './product-values.ts';
import { secretPaths } from './secret-paths.ts';
import type { Component, Workspace } from './workspace.ts';

/** Values that a file sets for a component; one that could not be read has no schema to ask. */
export interface SetValues {
  readonly document: SourceDocument;
  /** Where they stand in it. */
  readonly path: JsonPath;
  readonly component: Component | undefined;
}

/** Says, before anything is made of them, which values of a workspace are secret: no finding or printer shows them then. */
export function keepWorkspaceSecrets(workspace: Workspace): void {
  const { components, products, clusters, defaults, sources } = workspace;
  const own = [...components.values()].flatMap((component): SetValues[] =>
    [
      ...(component.defaults === undefined ? [] : [component.defaults]),
      ...component.answers.map((each) => each.document),
    ].map((document) => ({
      document,
      path: [],
      component,
    })),
  );
  const fromProducts = [...products.values()].flatMap((product) =>
    [...productValues(product)].map(({ name, path }) => ({
      document: product.manifest,
      path,
      component: components.get(name),
    })),
  );
  const documents = [
    ...(defaults === undefined ? [] : [defaults]),
    ...[...clusters.values()].map((each) => each.manifest),
  ];
  const read = new Set([...own, ...fromProducts].map(({ document }) => document.file));
  for (const { file } of [...documents, ...[...products.values()].map((each) => each.manifest)]) read.add(file);
  const unread = [...sources.keys()].filter((file) => /\.yaml$/.test(file) && !read.has(file));
  keepValues(workspace.root, [...own, ...fromProducts, ...documents.flatMap((each) => valuesIn(each, components))], {
    unread: new Set(unread.filter((file) => /^(clusters|products)\/|\/values(\.[^/]+)?\.yaml$/.test(file))),
    names: new Set([...components.values()].flatMap(({ schema }) => secretKeys(schema.value, schema.value))),
  });
}

/** The same for values that stand elsewhere, as in the tests of a component. */
export function keepValues(
  owner: string,
  values: readonly SetValues[],
  broken: { readonly unread: ReadonlySet<string>; readonly names: ReadonlySet<string> } = {
    unread: new Set(),
    names: new Set(),
  },
): void {
  const texts: string[] = [];
  const spans: Span[] = [];
  for (const { document, path, component } of values) {
    const value = valueAt(document.value, path);
    if (value === undefined) continue;
    const secrets = component === undefined ? namedSecrets(value, []) : secretPaths(value, component.schema.value);
    for (const secret of secrets) {
      texts.push(...scalarsIn(valueAt(value, secret) ?? null));
      spans.push(document.locate([...path, ...secret]));
    }
  }
  keepSecrets(owner, { texts, spans, ...broken });
}

function valuesIn(document: SourceDocument, components: ReadonlyMap<string, Component>): readonly SetValues[] {
  const values = valueAt(document.value, ['spec', 'values']);
  return Object.keys(isObject(values) ? values : {}).map((name) => ({
    document,
    path: ['spec', 'values', name],
    component: components.get(name),
  }));
}

/** Where a value whose schema nobody knows has a key that is called like a secret. */
function namedSecrets(value: JsonValue, path: JsonPath): readonly JsonPath[] {
  if (value === null || typeof value !== 'object') return [];
  const entries = Array.isArray(value) ? value.entries() : Object.entries(value);
  return [...(entries as Iterable<[string | number, JsonValue]>)].flatMap(([key, each]) =>
    typeof key === 'string' && secretName.test(key) ? [[...path, key]] : namedSecrets(each, [...path, key]),
  );
}

function scalarsIn(value: JsonValue): readonly string[] {
  if (value === null || typeof value === 'boolean') return [];
  if (typeof value !== 'object') return [String(value)];
  return Object.values(value as JsonObject).flatMap(scalarsIn);
}

/** Names of properties that a schema calls secret. */
function secretKeys(schema: JsonValue, root: JsonValue): readonly string[] {
  if (schema === null || typeof schema !== 'object') return [];
  const own = isObject(schema) && isObject(schema.properties) ? Object.entries(schema.properties) : [];
  return [
    ...own.flatMap(([key, each]) => (isObject(each) && [...allInPlace([each], root)].some(isMarked) ? [key] : [])),
    ...Object.values(schema as JsonObject).flatMap((each) => secretKeys(each, root)),
  ];
}

function isMarked(schema: JsonObject): boolean {
  return schema.writeOnly === true || schema['x-fluxwright-secret'] === true;
}
