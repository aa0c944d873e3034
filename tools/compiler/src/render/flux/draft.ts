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
  return {
    object: finish(draft) as JsonObject,
    span,
    trace: (path) => ({ span: placeOf(draft, path) ?? span, reads: [], inside: [] }),
  };
}

function finish(draft: Draft): JsonValue {
  if (draft === null || typeof draft !== 'object') return draft;
  if (isList(draft)) return draft.map(finish);
  if (isSourced(draft)) return draft.sourced;
  const kept = Object.entries(draft).filter((entry): entry is [string, Draft] => entry[1] !== undefined);
  return Object.fromEntries(kept.map(([key, value]) => [key, finish(value)]));
}

/** The place of the value at a path, or of what holds it; undefined where neither says one. */
function placeOf(draft: Draft, path: JsonPath): Span | undefined {
  let at: Draft | undefined = draft;
  for (const step of path) {
    if (at === undefined || at === null || typeof at !== 'object' || isSourced(at)) break;
    at = isList(at) ? at[Number(step)] : Object.hasOwn(at, step) ? at[step] : undefined;
  }
  return at !== undefined && at !== null && typeof at === 'object' && isSourced(at) ? at.span : undefined;
}

function isList(draft: Draft): draft is readonly Draft[] {
  return Array.isArray(draft);
}

function isSourced(draft: object): draft is Sourced {
  return 'sourced' in draft && 'span' in draft;
}
