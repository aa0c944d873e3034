import type { Span } from '@fluxwright/diagnostics';
import type { JsonPath, JsonValue } from '@fluxwright/documents';
import type { Component } from '@fluxwright/model';
import { compilerLabels } from '../../data/compiler-labels.ts';
import { type Draft, from } from './draft.ts';

/** What the objects of a component are made from: nothing of them differs between clusters of one Flux minor. */
export interface FluxInput {
  readonly component: Component;
  /** The cluster's Flux 2 minor: only fields it has are written. */
  readonly minor: number;
}

/** A value of component.yaml's spec as a draft that knows its line; undefined where it is not set. */
export function fromSpec({ component }: Pick<FluxInput, 'component'>, path: JsonPath): Draft | undefined {
  const value = path.reduce<JsonValue | undefined>(
    (at, key) => (at !== null && typeof at === 'object' ? (at as Record<string | number, JsonValue>)[key] : undefined),
    component.spec as unknown as JsonValue,
  );
  return value === undefined ? undefined : from(value, specSpan(component, path));
}

/** The line of component.yaml at a path below spec. */
export function specSpan(component: Component, path: JsonPath): Span {
  return component.manifest.locate(['spec', ...path]);
}

/** Name, namespace and labels of an object that belongs to a component. */
export function componentMetadata(
  { component }: Pick<FluxInput, 'component'>,
  name: Draft,
): { readonly [key: string]: Draft } {
  const named = component.manifest.locate(['metadata', 'name']);
  return {
    name,
    namespace: from(component.spec.namespace, specSpan(component, ['namespace'])),
    labels: from(compilerLabels(component.name), named),
  };
}

/** The component's name, from its own line. */
export function componentName({ component }: Pick<FluxInput, 'component'>): Draft {
  return from(component.name, component.manifest.locate(['metadata', 'name']));
}
