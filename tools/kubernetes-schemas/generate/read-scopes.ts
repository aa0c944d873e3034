import type { JsonSchema } from '../src/json-schema.ts';
import { kindKey } from '../src/kind-key.ts';
import type { Scope } from '../src/manifest.ts';

/** Where a built-in kind is served. */
export interface Place {
  readonly scope: Scope;
  /** Resource name in the URL; null for a kind that is only sent to a subresource, such as Eviction. */
  readonly plural: string | null;
}

const METHODS = ['get', 'put', 'post'];

/** Scope and resource name of each kind, by `apiVersion/kind`, from the paths of an OpenAPI v2 file. */
export function readScopes(paths: JsonSchema): Map<string, Place> {
  const places = new Map<string, Place>();
  for (const path of Object.keys(paths).sort()) {
    if (path.includes('/watch/')) continue;
    const match = /^\/apis?\/(?:[^/]+\/)?v[^/]+\/(namespaces\/\{namespace\}\/)?([^/{]+)(\/\{name\})?(\/[^/]+.*)?$/.exec(
      path,
    );
    if (match === null) continue;
    const [, namespaced, plural = null, , subresource] = match;
    for (const gvk of METHODS.flatMap((method) => operationKind(paths[path] as JsonSchema, method) ?? [])) {
      const known = places.get(gvk);
      // A namespaced kind is also listed across namespaces, under a path without one.
      const isNamespaced = namespaced !== undefined || known?.scope === 'Namespaced';
      const own = subresource === undefined ? plural : null;
      places.set(gvk, { scope: isNamespaced ? 'Namespaced' : 'Cluster', plural: known?.plural ?? own });
    }
  }
  return places;
}

function operationKind(item: JsonSchema, method: string): string | undefined {
  const operation = item[method] as JsonSchema | undefined;
  const gvk = operation?.['x-kubernetes-group-version-kind'] as
    | { readonly group: string; readonly version: string; readonly kind: string }
    | undefined;
  if (gvk === undefined) return undefined;
  return kindKey(gvk.group === '' ? gvk.version : `${gvk.group}/${gvk.version}`, gvk.kind);
}
