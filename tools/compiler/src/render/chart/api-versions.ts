import { memo, memoText } from '@fluxwright/documents';
import { definitionGroup } from '@fluxwright/kubernetes';
import type { SchemaLookup } from '@fluxwright/kubernetes-schemas';
import { providedDefinitions, type ResolvedCluster } from '@fluxwright/model';
import { holding, type KnownDefinition } from '../../facts/recorded-definitions.ts';

/**
 * What a chart sees as `.Capabilities.APIVersions`: the built-in kinds of the cluster's Kubernetes, and the custom ones
 * whose CRDs a component of the cluster provides, in the versions that it serves, each as `group/version` and `group/version/Kind`, as helm-controller
 * reads them from the API server. Sorted.
 */
export function apiVersions(
  { components }: Pick<ResolvedCluster, 'components'>,
  schemas: SchemaLookup,
): readonly string[] {
  const recorded = components.flatMap(({ component }) => holding(component).flatMap(apisOf));
  const provided = components.flatMap(({ component }) =>
    providedDefinitions(component).map(({ name, versions }): Provided => [name, versions ?? null]),
  );
  return listOf(schemas)(JSON.stringify({ provided, recorded } satisfies Brought));
}

function apisOf({ name, kind, versions }: KnownDefinition): readonly string[] {
  const group = definitionGroup(name);
  return versions.flatMap((version) => [`${group}/${version}`, `${group}/${version}/${kind}`]);
}

/** Name and versions of a definition; null where its component says none. */
type Provided = readonly [string, readonly string[] | null];

/** What the components of a cluster bring. */
interface Brought {
  readonly provided: readonly Provided[];
  /** What was recorded, as charts see it. */
  readonly recorded: readonly string[];
}

/** Most clusters of a fleet have the same definitions, and each kind of the catalogue would be looked at for each of them. */
const listOf = memo((schemas: SchemaLookup) =>
  memoText((text) => {
    const brought = JSON.parse(text) as Brought;
    const provided = new Map<string, readonly string[] | null>(brought.provided);
    const kinds = schemas.listKinds().filter(({ apiVersion, plural, scope, source }) => {
      if (scope === null) return false;
      if (source.module === 'k8s.io/kubernetes') return true;
      const [group, version = ''] = apiVersion.split('/');
      const versions = provided.get(`${plural}.${group}`);
      return versions !== undefined && versions?.includes(version) !== false;
    });
    const known = kinds.flatMap(({ apiVersion, kind }) => [apiVersion, `${apiVersion}/${kind}`]);
    return [...new Set([...known, ...brought.recorded])].sort();
  }),
);
