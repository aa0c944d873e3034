import { isObject, type JsonObject, type JsonValue } from '@fluxwright/documents';
import { groupOf } from '@fluxwright/kubernetes';
import type { TreeObject } from './tree-object.ts';

/** A `kustomization.yaml`. */
export interface KustomizationFile extends Pick<TreeObject, 'object' | 'path' | 'locate'> {
  /** From the tree's folder; '' for that itself. */
  readonly folder: string;
}

/**
 * True for a document that kustomize reads as its own. By the name of its file, since neither its version nor its kind need
 * be said (sigs.k8s.io/kustomize/api v0.21.2 konfig/general.go RecognizedKustomizationFileNames, types/kustomization.go
 * FixKustomizationPostUnmarshalling); a FluxKustomization in a file of that name is none.
 */
export function isKustomizationFile(path: string, value: JsonValue): value is JsonObject {
  if (!/(^|\/)(kustomization\.ya?ml|Kustomization)$/.test(path) || !isObject(value)) return false;
  const { kind, apiVersion } = value;
  const isFlux = typeof apiVersion === 'string' && groupOf(apiVersion).endsWith('.fluxcd.io');
  return !isFlux && (kind === undefined || kind === 'Kustomization' || kind === 'Component');
}

/**
 * What a kustomization file lists: files, folders and what lies elsewhere. `bases` is the old name of resources that are folders, and
 * kustomize still reads it (the same FixKustomizationPostUnmarshalling).
 */
export function entriesOf({ resources, bases, components }: JsonObject): readonly string[] {
  return [resources, bases, components].flatMap((list) =>
    Array.isArray(list) ? list.filter((each) => typeof each === 'string') : [],
  );
}
