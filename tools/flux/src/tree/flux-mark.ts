import { type JsonObject, valueAt } from '@fluxwright/documents';

/**
 * True where an object carries a mark of kustomize-controller with this value, as a label or as an annotation, in
 * whatever case (fluxcd/pkg ssa v0.76.2 utils/meta.go, AnyInMetadata).
 */
export function hasFluxMark(object: JsonObject, mark: 'force' | 'prune' | 'reconcile' | 'ssa', value: string): boolean {
  return fluxMarkPath(object, mark, value) !== undefined;
}

/** Where the object carries the mark; undefined where it does not. */
export function fluxMarkPath(object: JsonObject, mark: string, value: string): readonly string[] | undefined {
  return ['labels', 'annotations']
    .map((place) => ['metadata', place, `kustomize.toolkit.fluxcd.io/${mark}`])
    .find((path) => {
      const found = valueAt(object, path);
      return typeof found === 'string' && found.toLowerCase() === value.toLowerCase();
    });
}

/** True for an object that Flux leaves alone once it is there: it is neither patched nor deleted and made anew. */
export function isSkipped(object: JsonObject): boolean {
  return (
    hasFluxMark(object, 'reconcile', 'disabled') ||
    hasFluxMark(object, 'ssa', 'Ignore') ||
    hasFluxMark(object, 'ssa', 'IfNotPresent')
  );
}
