import type { JsonObject } from '@fluxwright/documents';
import { isObject } from '@fluxwright/documents';

/** How facts name an object: `Deployment web`, `Role kube-system/web` outside of the namespace of the release. */
export function factTitle({ kind, metadata }: JsonObject, releaseNamespace: string): string {
  const { name, namespace } = isObject(metadata) ? metadata : {};
  const place = namespace === undefined || namespace === releaseNamespace ? '' : `${namespace}/`;
  return `${kind} ${place}${name}`;
}

/** Stands for every object that there can be. */
export const anyObject = '*';
