import type { Api } from './api.ts';
import type { KubernetesObject } from './kubectl.ts';

interface ApiResource {
  readonly name: string;
  readonly kind: string;
}

/**
 * Finds paths of objects in the API by asking the server for the plurals of its kinds; each answer is asked for once. Gives
 * undefined for a kind that the server does not know.
 */
export function resourcePaths(api: Api): ResourcePaths {
  const known = new Map<string, string>();
  const collection = async (apiVersion: string, kind: string): Promise<string | undefined> => {
    const base = `${apiVersion.includes('/') ? 'apis' : 'api'}/${apiVersion}`;
    const key = `${base} ${kind}`;
    if (!known.has(key)) {
      const { status, body } = await api.get(base);
      const { resources = [] } = (status === 200 ? body : {}) as { readonly resources?: readonly ApiResource[] };
      for (const { name, kind: each } of resources)
        if (!name.includes('/')) known.set(`${base} ${each}`, `${base}/${name}`);
    }
    return known.get(key);
  };
  return {
    collection,
    object: async ({ apiVersion, kind, metadata: { name, namespace } }) => {
      const all = await collection(apiVersion, kind);
      if (all === undefined || namespace === undefined) return all && `${all}/${name}`;
      const slash = all.lastIndexOf('/');
      return `${all.slice(0, slash)}/namespaces/${namespace}${all.slice(slash)}/${name}`;
    },
  };
}

export interface ResourcePaths {
  /** Path of all objects of a kind, in every namespace. */
  collection(apiVersion: string, kind: string): Promise<string | undefined>;
  /** Path of one object. */
  object(id: Pick<KubernetesObject, 'apiVersion' | 'kind' | 'metadata'>): Promise<string | undefined>;
}
