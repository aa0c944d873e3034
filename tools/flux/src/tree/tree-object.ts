import type { Span } from '@fluxwright/diagnostics';
import { isObject, type JsonObject, type JsonPath, type JsonValue, valueAt } from '@fluxwright/documents';
import { groupOf, type ObjectId } from '@fluxwright/kubernetes';

/** One Kubernetes object of a tree, whoever wrote it. */
export interface TreeObject extends ObjectId {
  readonly apiVersion: string;
  readonly object: JsonObject;
  /** Its file, from the tree's folder. */
  readonly path: string;
  /** The name in its file, where a build has given it another. */
  readonly writtenName?: string;
  /** The lines that the value at a path comes from, the nearest first. */
  locate(path: JsonPath, part?: 'key' | 'value'): readonly Span[];
}

/** The line that says a value of an object; its file where nobody knows more. */
export function placeOf({ path, locate }: TreeObject, at: JsonPath): Span {
  return locate(at)[0] ?? { file: path };
}

/** The object as an entry of a tree; undefined where the value is no named Kubernetes object. */
export function treeObject(
  value: JsonValue,
  { path, locate }: Pick<TreeObject, 'path' | 'locate'>,
): TreeObject | undefined {
  if (!isObject(value) || typeof value.apiVersion !== 'string' || typeof value.kind !== 'string') return undefined;
  const name = valueAt(value, ['metadata', 'name']);
  const namespace = valueAt(value, ['metadata', 'namespace']);
  if (typeof name !== 'string') return undefined;
  return {
    apiVersion: value.apiVersion,
    group: groupOf(value.apiVersion),
    kind: value.kind,
    ...(typeof namespace === 'string' && namespace !== '' && { namespace }),
    name,
    object: value,
    path,
    locate,
  };
}
