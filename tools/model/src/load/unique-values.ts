import type { Span } from '@fluxwright/diagnostics';
import type { JsonPath, JsonValue, SourceDocument } from '@fluxwright/documents';
import { isObject, referredPath, valueAt } from '@fluxwright/documents';
import type { Component } from './workspace.ts';

/** A value that other clusters may not have, too. */
export interface UniqueValue {
  readonly path: JsonPath;
  readonly scope: 'fleet' | 'pair';
  readonly rule: Span;
}

/** Values that a component's schema wants to differ between clusters, by the keyword {@link uniqueKeyword}. */
export function uniqueValues({ schema }: Component): readonly UniqueValue[] {
  return markedValues(schema).flatMap(({ scope, ...marked }) => (scope === 'provider' ? [] : [{ ...marked, scope }]));
}

/** What requests to one provider may not have in common, by the contract of a service: a value, or any item of a list. */
export function exclusiveValues(request: SourceDocument): readonly Omit<UniqueValue, 'scope'>[] {
  return markedValues(request).filter(({ scope }) => scope === 'provider');
}

function markedValues(
  schema: SourceDocument,
): readonly (Omit<UniqueValue, 'scope'> & { readonly scope: UniqueValue['scope'] | 'provider' })[] {
  const found: (Omit<UniqueValue, 'scope'> & { readonly scope: UniqueValue['scope'] | 'provider' })[] = [];
  const visit = (value: JsonValue | undefined, path: JsonPath, at: JsonPath, seen: readonly JsonValue[]): void => {
    if (!isObject(value) || seen.includes(value)) return;
    const scope = value[uniqueKeyword];
    if (scope === 'fleet' || scope === 'pair' || scope === 'provider')
      found.push({ path, scope, rule: schema.locate([...at, uniqueKeyword], 'key') });
    const properties = isObject(value.properties) ? value.properties : {};
    const now = [...seen, value];
    for (const [key, each] of Object.entries(properties)) visit(each, [...path, key], [...at, 'properties', key], now);
    const referred = referredPath(value.$ref, schema.value);
    if (referred !== undefined) visit(valueAt(schema.value, referred), path, referred, now);
  };
  if (schema.text.includes(uniqueKeyword)) visit(schema.value, [], [], []);
  return found;
}

/** Keyword of a values.schema.json (docs/decisions/0025), and of a contract (docs/decisions/0065). */
export const uniqueKeyword = 'x-fluxwright-unique';
