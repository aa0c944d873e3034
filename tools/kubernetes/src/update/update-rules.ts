import { type JsonSchema, loadSchemas, UnsupportedKubernetesVersion } from '@fluxwright/kubernetes-schemas';

/** What an update of an object may not do, beside the CEL rules of its definition: paths as of {@link placesAt}. */
export interface DeclaredUpdates {
  /** Values that stay as they were first set. */
  readonly neverChanges?: readonly string[];
  /** Quantities that never become smaller. */
  readonly neverShrinks?: readonly string[];
  /** Values, or items of lists, that stay once they are there. */
  readonly neverRemoved?: readonly string[];
}

/** What an update of an object of a custom kind may not do: by what is declared of it, and by the definitions that are known. */
export interface UpdateRules {
  /** By `group/Kind`. */
  readonly declared: ReadonlyMap<string, DeclaredUpdates>;
  schemaOf(apiVersion: string, kind: string): JsonSchema | undefined;
}

/** The update rules of a cluster of that Kubernetes version, with those that are declared of its custom kinds. */
export function updateRules(
  kinds: readonly { readonly group: string; readonly kind: string; readonly updates?: DeclaredUpdates }[],
  kubernetesVersion: string,
): UpdateRules {
  return {
    declared: new Map(kinds.flatMap(({ group, kind, updates }) => (updates ? [[`${group}/${kind}`, updates]] : []))),
    schemaOf: schemasOf(kubernetesVersion),
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
