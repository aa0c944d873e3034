import type { JsonObject, JsonValue } from '@fluxwright/documents';
import { parseAllDocuments } from 'yaml';
import { type ObjectId, objectId } from './object-id.ts';

export interface TreeObject {
  readonly id: ObjectId;
  readonly path: string;
  readonly object: JsonObject;
}

/**
 * The Kubernetes objects of a file; undefined where it is not YAML, or holds anything else: such a file is compared as
 * text. What comes from a branch may be anyone's, so aliases are bounded (the library's own limit) and never throw.
 */
export function readObjects(path: string, bytes: Buffer): readonly TreeObject[] | undefined {
  if (!/\.ya?ml$/.test(path)) return undefined;
  try {
    const documents = parseAllDocuments(bytes.toString('utf8'), { logLevel: 'silent', uniqueKeys: true });
    if (!Array.isArray(documents)) return undefined;
    const values = documents
      .filter(({ errors }) => {
        if (errors[0] !== undefined) throw errors[0];
        return true;
      })
      .map((document) => document.toJS() as JsonValue)
      .filter((value) => value !== null);
    const objects = values.map((value) => ({ id: objectId(value, path), path, object: value as JsonObject }));
    return objects.length > 0 && objects.every((each) => each.id !== undefined) ? (objects as TreeObject[]) : undefined;
  } catch {
    return undefined;
  }
}
