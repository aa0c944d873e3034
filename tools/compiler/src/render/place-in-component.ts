import { isObject, type JsonObject, type JsonPath } from '@fluxwright/documents';
import type { ScopeOf } from '@fluxwright/kubernetes';
import type { Component } from '@fluxwright/model';
import { compilerLabels } from '../data/compiler-labels.ts';
import type { RenderedObject, TracePoint } from './rendered-object.ts';

/**
 * Gives an object of a template what the compiler adds to all: its labels, and the component's namespace where it says
 * none and its kind wants one. A kind nobody knows counts as namespaced, as most custom kinds are.
 */
export function placeInComponent(rendered: RenderedObject, component: Component, scopeOf: ScopeOf): RenderedObject {
  const { object } = rendered;
  const metadata = object.metadata as JsonObject;
  const isNamespaced = scopeOf(String(object.apiVersion), String(object.kind)) !== 'Cluster';
  const namespace = metadata.namespace ?? (isNamespaced ? component.spec.namespace : undefined);
  const labels = { ...(isObject(metadata.labels) ? metadata.labels : {}), ...compilerLabels(component.name) };
  return {
    ...rendered,
    object: { ...object, metadata: { ...metadata, ...(namespace === undefined ? {} : { namespace }), labels } },
    trace: (path, part) => addedBy(component, metadata, path) ?? rendered.trace(path, part),
  };
}

function addedBy({ manifest, name }: Component, metadata: JsonObject, path: JsonPath): TracePoint | undefined {
  if (path[0] !== 'metadata') return undefined;
  const at = (place: JsonPath): TracePoint => ({ span: manifest.locate(place), reads: [], inside: [] });
  if (path[1] === 'namespace' && (metadata.namespace ?? null) === null) return at(['spec', 'namespace']);
  if (path[1] !== 'labels') return undefined;
  const isAdded = path[2] === undefined ? !isObject(metadata.labels) : Object.hasOwn(compilerLabels(name), path[2]);
  return isAdded ? at(['metadata', 'name']) : undefined;
}
