import { join } from 'node:path';
import type { Diagnostic } from '@fluxwright/diagnostics';
import { layHeldTree } from './change/lay-held-tree.ts';
import { migrationStep } from './change/migration-step.ts';
import type { ClusterPlan } from './diff/cluster-plan.ts';
import { eachRepository, scratchFolder } from './each-repository.ts';
import type { PullRequestOptions } from './examine-proposal.ts';
import { movedFolder } from './git/branch-findings.ts';
import { readRemoteFolder } from './git/remote-folder.ts';
import type { RemoteSession } from './git/remote-session.ts';
import type { ConnectOptions } from './git/scratch-repository.ts';
import { sourceRevision } from './git/source-revision.ts';
import { openForge } from './gitea/forge.ts';
import { forgeCredential } from './gitea/forge-credential.ts';
import { keepFailovers } from './keep-failovers.ts';
import { type PreparedCluster, type PrepareOptions, prepareClusters } from './prepare-clusters.ts';
import { failedOutcome, type PublishOutcome } from './publish-outcome.ts';
import { publishPullRequest } from './publish-pull-request.ts';
import { type PublishTreeOptions, type PushMemory, publishTree } from './publish-tree.ts';

export interface PublishOptions extends PrepareOptions, ConnectOptions {
  /** `push` commits to the branch, `pull-request` to one of ours that asks for it. */
  readonly mode: 'push' | 'pull-request';
  /** Plans somebody has looked at: a cluster is published only while its plan holds. */
  readonly plans?: readonly ClusterPlan[];
  readonly adopt?: boolean;
  readonly createBranch?: boolean;
  /**
   * Publishes what has to come before the trees instead of them: a commit that holds what the change would lose. Where there
   * is nothing to hold, nothing is done: whether Flux has applied that commit only people can say.
   */
  readonly migrate?: boolean;
  /** Opens a pull request also where one for the same change was closed without a merge. */
  readonly reopen?: boolean;
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
  const prepared = await prepareClusters({ ...options, inMemory: options.migrate === true });
  const source = await sourceRevision(options.root, options.environment);
  const total = prepared.clusters.length;
  const memories = new Map<string, PushMemory>(prepared.clusters.map(({ cluster }) => [cluster, {}]));
  let done = 0;
  const made = await eachRepository(prepared.clusters, {
    ...options,
    cacheFolder: join(options.root, scratchFolder),
    work: async (session, task) => {
      const { cluster, target, acknowledge } = task;
      const plan = plans?.find((each) => each.cluster === cluster);
      if (plans !== undefined && !holds(plan, task))
        return failedOutcome(cluster, target, [movedFolder(cluster, target)]);
      const step = options.migrate === true ? await findStep(session, task) : publishAsIs(task);
      if ('status' in step) return step;
      const { createBranch, adopt } = options;
      const { failover } = task;
      const common = {
        ...step,
        ...(failover?.tree !== undefined && { failover: { branch: failover.branch, peer: failover.peer } }),
        target,
        acknowledge,
        ...(plan !== undefined && { expected: plan.base ?? {} }),
        ...(source !== undefined && { source }),
        ...(adopt !== undefined && { adopt }),
      };
      const memory = memories.get(cluster) ?? {};
      const outcome =
        options.mode === 'pull-request'
          ? await byPullRequest(session, task, options, common)
          : await publishTree(session, { ...common, memory, ...(createBranch !== undefined && { createBranch }) });
      return withHeldTree(outcome, step, task, options);
    },
    failed: ({ cluster, target }, diagnostics) => failedOutcome(cluster, target, diagnostics),
    onDone: (outcome) => {
      done += 1;
      options.onCluster?.(outcome, { done, total });
    },
  });
  const kept = await keepFailovers(prepared, made, { ...options, ...(source !== undefined && { source }) });
  const outcomes = made.map((each) => {
    const commit = kept.get(each.cluster)?.commit;
    return commit === undefined ? each : { ...each, failover: commit };
  });
  const found = [...outcomes, ...kept.values()].flatMap((each) => each.diagnostics);
  const diagnostics = [...prepared.diagnostics, ...found];
  const sources = new Map([...prepared.sources, ...outcomes.flatMap((each) => [...(each.sources ?? [])])]);
  return { outcomes, failed: prepared.failed, diagnostics, sources };
}

/** A held tree that is published is laid into the output folder, too (docs/decisions/0035). */
function withHeldTree(
  outcome: PublishOutcome,
  { step, tree }: Step,
  task: PreparedCluster,
  { root, output = 'generated' }: PublishOptions,
): PublishOutcome {
  if (step !== 'hold' || outcome.status === 'failed') return outcome;
  const laid = layHeldTree(tree, { root, output, compiled: task.tree });
  return { ...outcome, diagnostics: [...outcome.diagnostics, ...laid] };
}

type Step = Pick<PublishTreeOptions, 'tree' | 'components' | 'expected' | 'step'>;

function publishAsIs({ tree, components }: PreparedCluster): Step {
  return { tree, components };
}

/** The step before a change, made for one state of the folder; the outcome where there is none. */
async function findStep(
  session: RemoteSession,
  { cluster, target, tree, acknowledge }: PreparedCluster,
): Promise<Step | PublishOutcome> {
  const tip = (await session.fetch([target.branch])).get(target.branch);
  const folder = await readRemoteFolder(session.git, tip, target.path);
  const found = await migrationStep(session, { cluster, target, tree, acknowledge, folder });
  if (found.kind === 'refused') return failedOutcome(cluster, target, found.findings, found.sources);
  const at = tip === undefined ? {} : { commit: tip };
  if (found.kind === 'none')
    return { cluster, target, status: 'unchanged', ...at, written: 0, removed: 0, step: 'hold', diagnostics: [] };
  const expected = folder.id === undefined ? {} : { folder: folder.id };
  return { tree: found.tree, expected, step: 'hold' };
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
  common: Omit<PullRequestOptions, 'labels' | 'reviewers' | 'warnings'>,
): Promise<PublishOutcome> {
  const credential = await forgeCredential(session, options.forge ?? target.url);
  const forge = openForge({
    url: target.url,
    credential,
    ...(options.forge !== undefined && { address: options.forge }),
    ...(options.caFile !== undefined && { caFile: options.caFile }),
  });
  const { labels = [], reviewers = [], reopen = false } = options;
  return publishPullRequest(session, forge, { ...common, labels, reviewers, warnings, reopen });
}
