import type { Span } from '@fluxwright/diagnostics';
import { isObject, type JsonObject, type JsonPath, type JsonValue, parseYaml, valueAt } from '@fluxwright/documents';
import { groupOf, type ObjectId } from '@fluxwright/kubernetes';

/** One Kubernetes object of a tree that is read from its files. */
export interface TreeObject extends ObjectId {
  readonly apiVersion: string;
  readonly object: JsonObject;
  /** From the tree's folder. */
  readonly path: string;
  /** Place of a value in the tree's file. */
  span(path: JsonPath): Span;
}

/** The object as an entry of a tree; undefined where the value is no named Kubernetes object. */
export function treeObject(
  value: JsonValue,
  { path, shown, text }: { readonly path: string; readonly shown: string; readonly text: string },
): TreeObject | undefined {
  if (!isObject(value) || typeof value.apiVersion !== 'string' || typeof value.kind !== 'string') return undefined;
  const name = valueAt(value, ['metadata', 'name']);
  const namespace = valueAt(value, ['metadata', 'namespace']);
  if (typeof name !== 'string') return undefined;
  return {
    apiVersion: value.apiVersion,
    group: groupOf(value.apiVersion),
    kind: value.kind,
    ...(typeof namespace === 'string' && { namespace }),
    name,
    object: value,
    path,
    span: (at) => parseYaml(shown, text).value?.locate(at) ?? { file: shown },
  };
}
