import type { Span } from '@fluxwright/diagnostics';
import type { JsonObject, JsonPath, JsonValue, SourceDocument } from '@fluxwright/documents';
import { emptyMap, isObject, valueAt } from '@fluxwright/documents';
import { mergeValues } from '../load/merge-values.ts';
import { declaredNulls } from './declared-nulls.ts';
import type { MergedValues } from './resolved-cluster.ts';

/** Values that one place in one file sets. */
export interface Layer {
  readonly value: JsonObject;
  /** Absent for what no file says: defaults of our own schemas. */
  readonly document?: SourceDocument;
  /** Who sets them, for people: `profile "small"`. Absent where the place says it. */
  readonly by?: string;
  /** Where `value` stands in the document. */
  readonly path: JsonPath;
}

/** The part of a document at `path` as a layer; nothing where it has no map there. */
export function layerOf(document: SourceDocument | undefined, path: JsonPath, by?: string): readonly Layer[] {
  const value = document === undefined ? undefined : valueAt(document.value, path);
  return document === undefined || !isObject(value) ? [] : [{ value, document, path, ...(by && { by }) }];
}

/** Merges layers, the weakest first. `schema` says which properties exist, for the values that templates see. */
export function mergeLayers(layers: readonly Layer[], schema: JsonValue): MergedValues {
  const value = layers.reduce((merged, layer) => mergeValues(merged, layer.value), emptyMap() as JsonObject);
  let templateValue: JsonObject | undefined;
  return {
    value,
    get templateValue() {
      templateValue ??= declaredNulls(value, schema);
      return templateValue;
    },
    originsOf: (path, part) => originsIn(layers, path, part),
  };
}

function originsIn(layers: readonly Layer[], path: JsonPath, part: 'key' | 'value' = 'value'): readonly Span[] {
  const origins: Span[] = [];
  for (const layer of layers.toReversed()) {
    const { state, value } = follow(layer.value, path);
    if (state === 'absent') continue;
    if (state === 'cut') break;
    // A map of a stronger layer has replaced what is no map here.
    if (origins.length > 0 && !isObject(value)) break;
    if (layer.document !== undefined) origins.push(layer.document.locate([...layer.path, ...path], part));
    if (!isObject(value)) break;
  }
  return origins;
}

/** True where a layer leaves nothing of what weaker ones say at a path. */
export function decides({ value }: Layer, path: JsonPath): boolean {
  const found = follow(value, path);
  return found.state === 'cut' || (found.state === 'found' && !isObject(found.value));
}

/** `cut`: a scalar or null stands above the path and hides what weaker layers have there. */
function follow(root: JsonValue, path: JsonPath): { state: 'found' | 'absent' | 'cut'; value?: JsonValue } {
  let current = root;
  for (const step of path) {
    if (current === null || typeof current !== 'object') return { state: 'cut' };
    const next = valueAt(current, [step]);
    if (next === undefined) return { state: Array.isArray(current) ? 'cut' : 'absent' };
    current = next;
  }
  return { state: 'found', value: current };
}
