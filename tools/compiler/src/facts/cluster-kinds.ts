import { memo } from '@fluxwright/documents';
import {
  definitionGroup,
  definitionNames,
  groupOf,
  isClusterScoped,
  knownScope,
  type ScopeOf,
} from '@fluxwright/kubernetes';
import type { ResolvedCluster, Workspace } from '@fluxwright/model';
import { holding, type KnownDefinition, recordedDefinitions } from './recorded-definitions.ts';

/** What is known of the custom kinds of a cluster: by the set of schemas, and by what its components recorded. */
export interface ClusterKinds {
  /** Names that the definition of a kind may have, the likeliest first; [] for a kind that needs none. */
  definitionNames(apiVersion: string, kind: string): readonly string[];
  /** True for a kind whose objects have no namespace. */
  isClusterScoped(group: string, kind: string): boolean;
}

export const clusterKinds = memo((cluster: ResolvedCluster): ClusterKinds => {
  const known = byKind(recordedDefinitions(cluster));
  return {
    definitionNames: (apiVersion, kind) => {
      const recorded = known.get(`${groupOf(apiVersion)}/${kind}`);
      return recorded === undefined ? definitionNames(apiVersion, kind) : [recorded.name];
    },
    isClusterScoped: (group, kind) => {
      const recorded = known.get(`${group}/${kind}`);
      return recorded === undefined ? isClusterScoped(group, kind) : recorded.scope === 'Cluster';
    },
  };
});

/** Scopes of all kinds that are known in a workspace. What was recorded is read when a kind is in no set of schemas. */
export function workspaceScopes({ components }: Workspace): ScopeOf {
  let recorded: ReadonlyMap<string, KnownDefinition> | undefined;
  return (apiVersion, kind) => {
    const known = knownScope(apiVersion, kind);
    if (known !== undefined || !apiVersion.includes('.')) return known;
    recorded ??= byKind([...components.values()].flatMap(holding));
    return recorded.get(`${groupOf(apiVersion)}/${kind}`)?.scope;
  };
}

function byKind(definitions: readonly KnownDefinition[]): ReadonlyMap<string, KnownDefinition> {
  return new Map(definitions.map((each) => [`${definitionGroup(each.name)}/${each.kind}`, each]));
}
