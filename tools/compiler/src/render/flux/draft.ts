import type { Span } from '@fluxwright/diagnostics';
import type { JsonObject, JsonPath, JsonValue } from '@fluxwright/documents';
import type { RenderedObject } from '../rendered-object.ts';

/** A value with the manifest line it was taken from. */
export interface Sourced {
  readonly sourced: JsonValue;
  readonly span: Span;
}

/** An object on its way: its values may say where they come from, and a key with `undefined` is left out. */
export type Draft =
  | null
  | boolean
  | number
  | string
  | Sourced
  | readonly Draft[]
  | { readonly [key: string]: Draft | undefined };

/** A value with its place. */
export function from(value: JsonValue, span: Span): Sourced {
  return { sourced: value, span };
}

/** Turns a draft into an object; whatever says no place of its own came from `span`. */
export function finishDraft(draft: { readonly [key: string]: Draft | undefined }, span: Span): RenderedObject {
  const places = new Map<string, Span>();
  const object = finish(draft, [], places) as JsonObject;
  return {
    object,
    span,
    trace(path) {
      for (let length = path.length; length > 0; length -= 1) {
        const place = places.get(JSON.stringify(path.slice(0, length)));
        if (place !== undefined) return { span: place, reads: [], inside: [] };
      }
      return { span, reads: [], inside: [] };
    },
  };
}

function finish(draft: Draft, path: JsonPath, places: Map<string, Span>): JsonValue {
  if (draft === null || typeof draft !== 'object') return draft;
  if (isList(draft)) return draft.map((each, index) => finish(each, [...path, index], places));
  if (isSourced(draft)) {
    places.set(JSON.stringify(path), draft.span);
    return draft.sourced;
  }
  const kept = Object.entries(draft).filter((entry): entry is [string, Draft] => entry[1] !== undefined);
  return Object.fromEntries(kept.map(([key, value]) => [key, finish(value, [...path, key], places)]));
}

function isList(draft: Draft): draft is readonly Draft[] {
  return Array.isArray(draft);
}

function isSourced(draft: object): draft is Sourced {
  return 'sourced' in draft && 'span' in draft;
}
