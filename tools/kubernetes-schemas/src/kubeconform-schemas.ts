import type { SchemaLookup } from './load-schemas.ts';

/** Options of kubeconform-wasm's `createValidator` that say where schemas are. */
export interface KubeconformSchemas {
  readonly schemaLocations: readonly string[];
  readonly schemas: (path: string) => Uint8Array | undefined;
}

/**
 * The schemas as kubeconform asks for them: kinds in lower case, and the first and the last part of an apiVersion for its
 * group and version (kubeconform pkg/registry, schemaPath), so that those of `v1` are under `v1/v1`.
 */
export function kubeconformSchemas(lookup: SchemaLookup): KubeconformSchemas {
  const kinds = new Map(
    lookup.listKinds().map(({ apiVersion, kind }) => {
      const parts = apiVersion.split('/');
      return [`${parts[0]}/${parts.at(-1)}/${kind.toLowerCase()}.json`, { apiVersion, kind }];
    }),
  );
  return {
    schemaLocations: ['{{ .Group }}/{{ .ResourceAPIVersion }}/{{ .ResourceKind }}.json'],
    schemas: (path) => {
      const found = kinds.get(path);
      return found && lookup.schemaBytes(found.apiVersion, found.kind);
    },
  };
}
