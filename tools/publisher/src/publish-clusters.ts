import type { Diagnostic } from '@fluxwright/diagnostics';
import type { ClusterPlan } from './diff/cluster-plan.ts';
import { eachRepository } from './git/each-repository.ts';
import { movedFolder } from './git/git-diagnostic.ts';
import type { ConnectOptions, RemoteSession } from './git/remote-session.ts';
import { sourceRevision } from './git/source-revision.ts';
import { openForge } from './gitea/forge.ts';
import { forgeCredential } from './gitea/forge-credential.ts';
import { type PreparedCluster, type PrepareOptions, prepareClusters } from './prepare-clusters.ts';
import { failedOutcome, type PublishOutcome } from './publish-outcome.ts';
import { publishPullRequest } from './publish-pull-request.ts';
import { publishTree } from './publish-tree.ts';

export interface PublishOptions extends PrepareOptions, ConnectOptions {
  /** `push` commits to the branch, `pull-request` to one of ours that asks for it. */
  readonly mode: 'push' | 'pull-request';
  /** Plans somebody has looked at: a cluster is published only while its plan holds. */
  readonly plans?: readonly ClusterPlan[];
  readonly adopt?: boolean;
  readonly createBranch?: boolean;
  /** Labels and reviewers of pull requests. */
  readonly labels?: readonly string[];
  readonly reviewers?: readonly string[];
  /** Address of the Gitea server, where the clone URL does not say it. */
  readonly forge?: string;
  /** Called after each cluster: for progress. */
  readonly onCluster?: (outcome: PublishOutcome, progress: { readonly done: number; readonly total: number }) => void;
}

export interface PublishResult {
  /** In the order of the clusters; those that could not be prepared are in `failed`. */
  readonly outcomes: readonly PublishOutcome[];
  /** Names of clusters whose tree is not proved. */
  readonly failed: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
  readonly sources: ReadonlyMap<string, string>;
}

/** Publishes clusters; one that fails stops no other. Never throws for bad input, a bad server or a bad network. */
export async function publishClusters(options: PublishOptions): Promise<PublishResult> {
  const { plans } = options;
  const prepared = await prepareClusters(options);
  const source = await sourceRevision(options.root, options.environment);
  const total = prepared.clusters.length;
  let done = 0;
  const tips = new Map<RemoteSession, string>();
  const outcomes = await eachRepository(prepared.clusters, {
    ...options,
    work: async (session, task) => {
      const { cluster, target, tree } = task;
      const plan = plans?.find((each) => each.cluster === cluster);
      if (plans !== undefined && !holds(plan, task))
        return failedOutcome(cluster, target, [movedFolder(cluster, target)]);
      const common = {
        tree,
        target,
        ...(plan !== undefined && { expected: plan.base ?? {} }),
        ...(source !== undefined && { source }),
        ...(options.adopt !== undefined && { adopt: options.adopt }),
      };
      if (options.mode === 'pull-request') return byPullRequest(session, task, options, common);
      const tip = tips.get(session);
      const { createBranch } = options;
      const outcome = await publishTree(session, {
        ...common,
        ...(tip !== undefined && { tip }),
        ...(createBranch !== undefined && { createBranch }),
      });
      if (outcome.commit !== undefined) tips.set(session, outcome.commit);
      return outcome;
    },
    failed: ({ cluster, target }, diagnostics) => failedOutcome(cluster, target, diagnostics),
    onDone: (outcome) => {
      done += 1;
      options.onCluster?.(outcome, { done, total });
    },
  });
  const diagnostics = [...prepared.diagnostics, ...outcomes.flatMap((each) => each.diagnostics)];
  return { outcomes, failed: prepared.failed, diagnostics, sources: prepared.sources };
}

/** A plan is for these bytes and this place only. */
function holds(plan: ClusterPlan | undefined, { target, tree }: PreparedCluster): boolean {
  return (
    plan !== undefined &&
    plan.input === tree.input &&
    plan.target.url === target.url &&
    plan.target.branch === target.branch &&
    plan.target.path === target.path
  );
}

async function byPullRequest(
  session: RemoteSession,
  { target, warnings }: PreparedCluster,
  options: PublishOptions,
  common: Pick<Parameters<typeof publishPullRequest>[2], 'tree' | 'target' | 'expected' | 'source' | 'adopt'>,
): Promise<PublishOutcome> {
  const credential = await forgeCredential(session, options.forge ?? target.url);
  const forge = openForge({
    url: target.url,
    credential,
    ...(options.forge !== undefined && { address: options.forge }),
    ...(options.caFile !== undefined && { caFile: options.caFile }),
  });
  const { labels = [], reviewers = [] } = options;
  return publishPullRequest(session, forge, { ...common, labels, reviewers, warnings });
}
