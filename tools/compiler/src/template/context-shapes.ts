import type { JsonObject } from '@fluxwright/documents';
import { emptyMap, memo } from '@fluxwright/documents';
import type { Component } from '@fluxwright/model';
import clusterSchema from '@fluxwright/model/schemas/cluster.schema.json' with { type: 'json' };
import { catalogueShape } from './cluster-catalogue.ts';
import { leafShape, mapShape, type Shape, schemaShape } from './shape.ts';
import type { ContextRoot } from './template-context.ts';

/** Parts of a cluster's spec that are the compiler's business: templates ask `has` and see their own values. */
const hidden = ['values', 'products', 'components'];

const settingsShape = schemaShape(clusterSchema.$defs.settings as JsonObject, clusterSchema as JsonObject);
const clusterShape: Shape = {
  child: (key) => (key === 'name' ? leafShape : hidden.includes(String(key)) ? undefined : settingsShape.child(key)),
  keys: () => ['name', ...settingsShape.keys().filter((key) => !hidden.includes(key))].sort(),
};
const componentShape = mapShape({ name: leafShape, namespace: leafShape, version: leafShape, title: leafShape });

/** The part of a cluster's spec that templates see. */
export function visibleSettings(name: string, spec: JsonObject): JsonObject {
  const shown = Object.entries(spec).filter(([key]) => !hidden.includes(key));
  return Object.assign(emptyMap(), Object.fromEntries(shown), { name });
}

/** A root without its value. */
export type RootShape = Omit<ContextRoot, 'value'>;

/** What every template of a component sees, and the words of its help texts. */
export type OwnShapes = Readonly<Record<'values' | 'cluster' | 'peer' | 'component' | 'catalogue', RootShape>>;

/** What may stand in each root of a template's context, services apart. */
export const contextShapes: (component: Component) => OwnShapes = memo((component) => {
  const settings = { shape: clusterShape, declaredBy: 'a cluster has no such key' };
  return {
    values: {
      shape: schemaShape(component.schema.value),
      declaredBy: `declare it in ${component.schema.file}`,
      setBy: `set it below spec.values.${component.name} of the cluster, or in ${component.folder}/values.yaml`,
    },
    cluster: { ...settings, setBy: "set it in the cluster's cluster.yaml or in clusters/defaults.yaml" },
    peer: { ...settings, setBy: "name a peer in the cluster's spec.disasterRecovery" },
    catalogue: {
      shape: catalogueShape,
      declaredBy: 'the catalogue of a cluster has no such key',
      setBy: 'set it in the component.yaml that it is read from',
    },
    component: { shape: componentShape, declaredBy: 'a component has no such key', setBy: 'set it in component.yaml' },
  };
});
