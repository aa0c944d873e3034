import { join, resolve } from 'node:path';
import { type ClusterComponents, clusterComponents, compile } from '@fluxwright/compiler';
import { type Diagnostic, hasErrors, type Staged, sortDiagnostics } from '@fluxwright/diagnostics';
import {
  clusterTargets,
  failoverBranch,
  failoverWorkspace,
  loadWorkspace,
  type ResolvedCluster,
  resolveCluster,
} from '@fluxwright/model';
import type { FailoverPlace } from './kept-failover.ts';
import type { FailoverGuard } from './publish-tree.ts';
import { checkOverlaps, checkTarget } from './target/check-target.ts';
import type { PublishTarget } from './target/publish-target.ts';
import { bytesOf, type ProvedTree, proveTree, treeOfBytes } from './tree/proved-tree.ts';

export interface PrepareOptions {
  /** The workspace. */
  readonly root: string;
  /** Names of clusters; all by default. */
  readonly clusters?: readonly string[];
  /** Folder of the trees, from `root`; `generated` by default. */
  readonly output?: string;
  /** Takes trees as they are compiled, whatever lies in `output`; for what is not published as it is. */
  readonly inMemory?: boolean;
}

/** A cluster whose tree is proved and whose target is safe to name to git. */
export interface PreparedCluster {
  readonly cluster: string;
  readonly target: PublishTarget;
  readonly tree: ProvedTree;
  /** Losses that are meant: `spec.acknowledge` of the cluster. */
  readonly acknowledge: readonly string[];
  readonly components: ClusterComponents;
  /** Of a cluster with a peer: its failover tree where it has copies, and the branch for that. */
  readonly failover?: FailoverGuard & { readonly tree?: ProvedTree };
  /** How many warnings the compiler has for it. */
  readonly warnings: number;
}

export interface Prepared {
  readonly clusters: readonly PreparedCluster[];
  /** All clusters of the workspace that have copies, prepared or not. */
  readonly copies: readonly FailoverPlace[];
  /** Names of clusters that cannot be published; the findings say why. */
  readonly failed: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
  /** Text of every file that was read, for printers. */
  readonly sources: ReadonlyMap<string, string>;
}

/**
 * Compiles clusters in memory, all checks included, and holds what lies in generated/ against the result: only a tree
 * that equals it byte for byte goes on (docs/decisions/0008). Writes nothing and needs no network.
 */
export async function prepareClusters({
  root,
  clusters,
  output = 'generated',
  inMemory = false,
}: PrepareOptions): Promise<Prepared> {
  const prepared = new Map<string, Omit<PreparedCluster, 'warnings'>>();
  const findings: Diagnostic[] = [];
  // Of the whole fleet, also where some of it is published: what is not asked for has its folders, too.
  const workspace = loadWorkspace(root).value;
  const targets = clusterTargets(workspace);
  const overlaps = checkOverlaps(targets);
  const result = await compile({
    root,
    write: false,
    ...(clusters && { clusters }),
    onTree: (tree, resolved, failover) => {
      const { name, spec } = resolved;
      const peer = spec.disasterRecovery?.peer;
      const target = targetOf(resolved);
      const wrong = [...checkTarget(name, target, failoverNamed(spec)), ...(overlaps.get(name) ?? [])];
      const folder = join(resolve(root, output), name);
      const prove = () =>
        inMemory ? treeOfBytes(name, bytesOf(tree)) : proveTree(tree, { folder, shown: `${output}/${name}` });
      const proved = wrong.length > 0 ? wrong : prove();
      if ('read' in proved)
        prepared.set(name, {
          cluster: name,
          target,
          tree: proved,
          acknowledge: spec.acknowledge ?? [],
          components: clusterComponents(resolved),
          ...(peer !== undefined && {
            failover: {
              branch: failoverBranch(spec.git),
              peer,
              ...(failover && { tree: treeOfBytes(name, bytesOf(failover)) }),
            },
          }),
        });
      else findings.push(...proved);
    },
  });
  const good = result.clusters.filter(({ name, built }) => built && prepared.has(name));
  return {
    clusters: good.flatMap(({ name, diagnostics }) => {
      const each = prepared.get(name);
      const warnings = diagnostics.filter(({ severity }) => severity === 'warning').length;
      return each === undefined ? [] : [{ ...each, warnings }];
    }),
    copies: targets
      .filter((each) => failoverWorkspace(workspace, each.cluster) !== undefined)
      // Of a cluster that is not asked for nobody has looked yet; its own publish says what is wrong.
      .filter((each) => checkTarget(each.cluster, each, each.failover).length === 0)
      .map(({ cluster, failover, url, branch, path }) => ({
        cluster,
        target: { url, branch, path },
        branch: failover,
      })),
    failed: result.clusters.filter((each) => !good.includes(each)).map(({ name }) => name),
    diagnostics: sortDiagnostics([...result.diagnostics, ...findings]),
    sources: result.sources,
  };
}

/** The branch for a failover tree that git will hear of: of a cluster with a peer, or where one is said. */
function failoverNamed({ git, disasterRecovery }: ResolvedCluster['spec']): string | undefined {
  return disasterRecovery?.peer === undefined ? git.failover : failoverBranch(git);
}

/** Where clusters are published to, without compiling them. */
export function readTargets({ root, clusters }: PrepareOptions): Staged<readonly FailoverPlace[]> & {
  readonly sources: ReadonlyMap<string, string>;
} {
  const { value, diagnostics } = loadWorkspace(root, clusters && { clusters });
  const resolved = (clusters ?? value.clusterNames).map((name) => resolveCluster(value, name));
  const found = [...diagnostics, ...resolved.flatMap((each) => each.diagnostics)];
  const targets = resolved.flatMap((each) => {
    if (each.value === undefined || hasErrors(each.diagnostics)) return [];
    const target = targetOf(each.value);
    const wrong = checkTarget(each.value.name, target, failoverNamed(each.value.spec));
    found.push(...wrong);
    return wrong.length > 0 ? [] : [{ cluster: each.value.name, target, branch: failoverBranch(each.value.spec.git) }];
  });
  return { value: targets, diagnostics: sortDiagnostics(found), sources: value.sources };
}

function targetOf({ spec: { git } }: ResolvedCluster): PublishTarget {
  return { url: git.url ?? '', branch: git.branch ?? '', path: git.path ?? '' };
}
