import type { JsonObject } from '@fluxwright/documents';
import { canonicalOrder } from './canonical-order.ts';
import { generatedHeader } from './generated-header.ts';
import { yamlText } from './yaml-text.ts';

/** Clusters that share a task share its objects: each is made into text once a process, and forgotten with the object. */
const known = new WeakMap<JsonObject, { readonly source: string; readonly text: string }>();

/** The file of one object: header, then YAML in canonical order. `source` is the file the object came from. */
export function objectText(object: JsonObject, source: string): string {
  const hit = known.get(object);
  if (hit?.source === source) return hit.text;
  const text = generatedHeader(source) + yamlText(canonicalOrder(object));
  known.set(object, { source, text });
  return text;
}
