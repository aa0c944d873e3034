import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { JsonObject, JsonValue } from '@fluxwright/documents';
import { isObject, valueAt } from '@fluxwright/documents';
import type { Cluster, Workspace } from '../load/workspace.ts';
import { type Layer, layerOf, mergeLayers } from './layered-values.ts';
import type { MergedValues } from './resolved-cluster.ts';

/** schemas/cluster.schema.json. */
export const clusterSchema: JsonObject = JSON.parse(
  readFileSync(path.join(import.meta.dirname, '../../schemas/cluster.schema.json'), 'utf8'),
);

const settingsSchema: JsonValue = {
  ...(valueAt(clusterSchema, ['$defs', 'settings']) as JsonObject),
  $defs: clusterSchema.$defs ?? {},
};
const schemaDefaults = defaultsIn(settingsSchema);

/** A cluster's spec: defaults of the schema ← clusters/defaults.yaml ← cluster.yaml ← what is to hold instead. */
export function clusterSettings(workspace: Workspace, cluster: Cluster): MergedValues {
  const ownPath: Layer = { value: { git: { path: `clusters/${cluster.name}` } }, path: [] };
  const { manifest, instead } = cluster;
  const layers = [
    ...layerOf(workspace.defaults, ['spec']),
    ...layerOf(manifest, ['spec']),
    ...(instead === undefined ? [] : [{ value: instead, document: manifest, path: ['spec'] }]),
  ];
  return mergeLayers([{ value: schemaDefaults, path: [] }, ownPath, ...layers], settingsSchema);
}

/** Keys of the choices that stand in a cluster's spec itself; all others stand below its `choices`. */
export const specChoices = valueAt(clusterSchema, [
  ...['$defs', 'settings', 'properties', 'choices', 'propertyNames', 'not', 'enum'],
]) as readonly string[];

/** The options that hold where a cluster makes a choice of its spec nowhere. */
export const choiceDefaults: Readonly<Record<string, string>> = Object.fromEntries(
  specChoices.flatMap((key) => {
    const option = schemaDefaults[key];
    return typeof option === 'string' ? [[key, option]] : [];
  }),
);

function defaultsIn(schema: JsonValue): JsonObject {
  const properties = isObject(schema) && isObject(schema.properties) ? schema.properties : {};
  const defaults: [string, JsonValue][] = Object.entries(properties).flatMap(
    ([key, property]): [string, JsonValue][] => {
      if (!isObject(property)) return [];
      if (property.default !== undefined) return [[key, property.default]];
      const nested = defaultsIn(property);
      return Object.keys(nested).length === 0 ? [] : [[key, nested]];
    },
  );
  return Object.fromEntries(defaults);
}
