import { type Diagnostic, diagnostic, didYouMean, hasErrors, listWords, type Staged } from '@fluxwright/diagnostics';
import { valueAt } from '@fluxwright/documents';
import { type Cluster, clusterSettings, type PairRole, resolveCluster, type Workspace } from '@fluxwright/model';
import type { PairParts } from './next-step.ts';
import { readPart } from './pair-part.ts';

/** A service that both clusters have, each in its role now. */
export interface CopiedService {
  readonly key: string;
  readonly kind: string;
  readonly strategy: string;
  readonly roles: { readonly from: PairRole; readonly to: PairRole };
}

/** Two clusters that name each other, as they stand now. */
export interface FoundPair {
  readonly from: Cluster;
  readonly to: Cluster;
  readonly parts: PairParts;
  readonly services: readonly CopiedService[];
}

/** Finds a pair by the names of its clusters, in whatever order; both must be good as they are. */
export function findPair(
  workspace: Workspace,
  names: { readonly from: string; readonly to: string },
): Staged<FoundPair | undefined> {
  const [from, to] = [workspace.clusters.get(names.from), workspace.clusters.get(names.to)];
  if (from === undefined || to === undefined) return { value: undefined, diagnostics: [] };
  const wrong = noPair(workspace, from, to) ?? noPair(workspace, to, from);
  if (wrong !== undefined) return { value: undefined, diagnostics: [wrong] };
  const resolved = [from, to].map(({ name }) => resolveCluster(workspace, name));
  const diagnostics = resolved.flatMap((each) => each.diagnostics.filter(({ severity }) => severity === 'error'));
  const [here, there] = resolved.map(({ value }) => value);
  if (here === undefined || there === undefined || hasErrors(diagnostics)) return { value: undefined, diagnostics };
  const services = here.services.flatMap(({ key, kind, pair }): CopiedService[] => {
    const other = there.services.find((each) => each.key === key)?.pair;
    if (pair === undefined || other === undefined) return [];
    return [{ key, kind, strategy: pair.strategy, roles: { from: pair.role, to: other.role } }];
  });
  const said = (cluster: Cluster) => readPart(valueAt(clusterSettings(workspace, cluster).value, ['disasterRecovery']));
  return { value: { from, to, parts: { from: said(from), to: said(to) }, services }, diagnostics };
}

function noPair(workspace: Workspace, cluster: Cluster, other: Cluster): Diagnostic | undefined {
  const settings = clusterSettings(workspace, cluster);
  const peer = valueAt(settings.value, ['disasterRecovery', 'peer']);
  if (peer === other.name && cluster !== other) return undefined;
  const { file } = cluster.manifest;
  const help =
    typeof peer === 'string'
      ? `name its pair: ${cluster.name} ${peer}`
      : "name two clusters that are each other's peer";
  return diagnostic('dr/no-pair', {
    message: `clusters "${cluster.name}" and "${other.name}" are no pair`,
    primary: settings.originsOf(['disasterRecovery', 'peer'])[0] ?? { file },
    note: typeof peer === 'string' ? `the peer of "${cluster.name}" is "${peer}"` : `"${cluster.name}" has no peer`,
    help,
  });
}

/** The finding for a service that is named and that this pair does not copy. */
export function noService({ from, to, services }: FoundPair, key: string): Diagnostic | undefined {
  const keys = services.map((each) => each.key);
  if (keys.includes(key)) return undefined;
  return diagnostic('dr/no-pair', {
    message: `clusters "${from.name}" and "${to.name}" copy no service ${key}`,
    primary: from.manifest.locate(['spec', 'disasterRecovery'], 'key'),
    help:
      didYouMean(key, keys) ??
      (keys.length === 0
        ? 'nothing of theirs is asked for with protect: replicate'
        : `copied are ${listWords(keys, 'and')}`),
  });
}
