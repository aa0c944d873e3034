import type { JsonObject } from '@fluxwright/documents';
import { readYaml } from '@fluxwright/documents';
import type { ObjectId } from '@fluxwright/kubernetes';
import { objectId } from './object-id.ts';

export interface TreeObject {
  readonly id: ObjectId;
  readonly path: string;
  readonly object: JsonObject;
}

/**
 * The Kubernetes objects of a file, with the values that kustomize-controller reads in it (docs/decisions/0021); undefined
 * where it is not YAML, or holds anything else: such a file is compared as text. What comes from a branch may be anyone's, so
 * aliases and nesting are bounded and nothing is thrown.
 */
export function readObjects(path: string, bytes: Buffer): readonly TreeObject[] | undefined {
  if (!/\.ya?ml$/.test(path)) return undefined;
  const { documents } = readYaml(bytes.toString('utf8'), 'kustomize');
  const objects = documents.map(({ value }) => ({ id: objectId(value, path), path, object: value as JsonObject }));
  return objects.length > 0 && objects.every((each) => each.id !== undefined) ? (objects as TreeObject[]) : undefined;
}
