import { emptyMap, isObject, type JsonObject, type JsonValue } from '@fluxwright/documents';

const objectKeys = ['apiVersion', 'kind', 'metadata'];
const metadataKeys = ['name', 'namespace', 'labels', 'annotations'];

/**
 * The object with `apiVersion`, `kind`, `metadata` first, and `name`, `namespace`, `labels`, `annotations` first in its
 * metadata. All other keys keep the order their template wrote them in, so that a file reads like its source.
 */
export function canonicalOrder(object: JsonObject): JsonObject {
  const ordered = withFirst(object, objectKeys);
  const metadata = ordered.metadata;
  return isObject(metadata) ? { ...ordered, metadata: withFirst(metadata, metadataKeys) } : ordered;
}

function withFirst(map: JsonObject, first: readonly string[]): JsonObject {
  const ordered: Record<string, JsonValue> = emptyMap();
  for (const key of [...first, ...Object.keys(map)]) {
    const value = map[key];
    if (value !== undefined && Object.hasOwn(map, key)) ordered[key] = value;
  }
  return ordered;
}
