import { type JsonSchema, loadSchemas, UnsupportedKubernetesVersion } from '@fluxwright/kubernetes-schemas';
import type { ProvidedKind, ResolvedCluster } from '@fluxwright/model';

/** What an update of an object of a custom kind may not do: by what components declare, and by the definitions that are known. */
export interface UpdateRules {
  /** By `group/Kind`. */
  readonly declared: ReadonlyMap<string, NonNullable<ProvidedKind['updates']>>;
  schemaOf(apiVersion: string, kind: string): JsonSchema | undefined;
}

/** The update rules of the kinds that a cluster's components bring. */
export function updateRulesOf({ components, spec }: ResolvedCluster): UpdateRules {
  const kinds = components.flatMap(({ component }) => component.spec.provides?.kinds ?? []);
  return {
    declared: new Map(kinds.flatMap(({ group, kind, updates }) => (updates ? [[`${group}/${kind}`, updates]] : []))),
    schemaOf: schemasOf(spec.kubernetes.version),
  };
}

function schemasOf(kubernetesVersion: string): UpdateRules['schemaOf'] {
  try {
    return loadSchemas({ kubernetesVersion }).schema;
  } catch (error) {
    if (error instanceof UnsupportedKubernetesVersion) return () => undefined;
    throw error;
  }
}
