import type { Diagnostic } from '@fluxwright/diagnostics';
import type { PullRequest } from 'gitea-js';
import { holdsTree } from './change/holds-tree.ts';
import type { Judgement } from './change/judge-change.ts';
import { readTrailer } from './commit-message.ts';
import type { ClusterPlan } from './diff/cluster-plan.ts';
import { diffCluster } from './diff-cluster.ts';
import { missingBranch } from './git/branch-findings.ts';
import { folderChanges } from './git/folder-changes.ts';
import { deleteBranch } from './git/push-commit.ts';
import { readCommit } from './git/read-commit.ts';
import { readRemoteFolder } from './git/remote-folder.ts';
import type { RemoteSession } from './git/remote-session.ts';
import type { Forge } from './gitea/forge.ts';
import {
  closePullRequest,
  commitMessageOf,
  findPullRequest,
  isTurnedDown,
  isValidated,
  lastClosed,
} from './gitea/pull-request.ts';
import type { ProposalBase } from './proposed-commit.ts';
import { failedOutcome, type PublishOutcome } from './publish-outcome.ts';
import { checkFailover, checkFolder, type PublishTreeOptions } from './publish-tree.ts';

export interface PullRequestOptions extends Omit<PublishTreeOptions, 'createBranch'> {
  readonly labels: readonly string[];
  readonly reviewers: readonly string[];
  /** How many warnings the compiler has: the commit status tells. */
  readonly warnings: number;
  /** Ask again where a pull request for the same change was closed without a merge. */
  readonly reopen?: boolean;
}

/** The branch that carries a cluster's pull request. */
export function headBranch(cluster: string): string {
  return `fluxwright/${cluster}`;
}

/** A change that may be asked for, and what the forge has of it. */
export interface Proposable extends ProposalBase {
  readonly plan: ClusterPlan;
  readonly judgement: Judgement;
  /** The pull request that is open. */
  readonly open: PullRequest | undefined;
  /** The last one, where a person closed it without a merge. */
  readonly turnedDown: PullRequest | undefined;
}

interface Branches {
  readonly head: string;
  readonly base: string;
}

/** Looks at both branches and the forge; the outcome where there is nothing to ask for. Throws a GitFailure or ForgeFailure. */
export async function examineProposal(
  session: RemoteSession,
  forge: Forge,
  options: PullRequestOptions,
): Promise<Proposable | PublishOutcome> {
  const { tree, target, acknowledge = [], components } = options;
  const { cluster } = tree;
  const branches = { head: headBranch(cluster), base: target.branch };
  const { failover } = options;
  const tips = await session.fetch([target.branch, branches.head, ...(failover ? [failover.branch] : [])]);
  const tip = tips.get(target.branch);
  const headTip = tips.get(branches.head);
  if (tip === undefined)
    return failedOutcome(cluster, target, [missingBranch(cluster, target, await session.branches())]);
  const folder = await readRemoteFolder(session.git, tip, target.path);
  const changes = folderChanges(tree, folder);
  if (await holdsTree(session, { tree, folder, changes })) {
    await withdraw(session, forge, { ...branches, headTip });
    return { cluster, target, status: 'unchanged', commit: tip, written: 0, removed: 0, diagnostics: [] };
  }
  const wrong =
    checkFolder(options, folder, options.expected) ?? (await checkFailover(session, options, { tips, folder }));
  if (wrong !== undefined) return failedOutcome(cluster, target, [wrong]);
  const task = { cluster, target, tree, acknowledge, components, adopt: options.adopt === true };
  const { plan, judgement } = await diffCluster(session, task, tip);
  const open = await findPullRequest(forge, branches);
  if (judgement.findings.length > 0) {
    const findings = judgement.findings.map((each) => withWaiting(each, open?.html_url));
    return failedOutcome(cluster, target, findings, judgement.sources);
  }
  const base = folder.id ?? 'none';
  const turnedDown = open === undefined ? await lastTurnedDown(forge, branches) : undefined;
  if (turnedDown !== undefined && options.reopen !== true && (await asksForSame(forge, turnedDown, { tree, base }))) {
    const where = turnedDown.html_url === undefined ? {} : { pullRequest: turnedDown.html_url };
    return { cluster, target, status: 'declined', written: 0, removed: 0, ...where, diagnostics: [] };
  }
  return { tip, headTip, base, changes, plan, judgement, open, turnedDown };
}

/** Nothing is left to change: the pull request is closed, and a branch of ours goes. */
async function withdraw(
  session: RemoteSession,
  forge: Forge,
  { headTip, ...branches }: Branches & { readonly headTip: string | undefined },
): Promise<void> {
  await closePullRequest(forge, branches);
  if (headTip !== undefined && (await isOurs(session, forge, headTip)))
    await deleteBranch(session, branches.head, headTip);
}

async function lastTurnedDown(forge: Forge, branches: Branches): Promise<PullRequest | undefined> {
  const closed = await lastClosed(forge, branches);
  return closed !== undefined && isTurnedDown(closed) ? closed : undefined;
}

/** True where a pull request is for the same tree in the place of the same folder. */
async function asksForSame(
  forge: Forge,
  pull: PullRequest,
  { tree, base }: Pick<PublishTreeOptions, 'tree'> & Pick<ProposalBase, 'base'>,
): Promise<boolean> {
  const message = await commitMessageOf(forge, pull.head?.sha ?? '');
  return readTrailer(message, 'Content') === tree.content && readTrailer(message, 'Base') === base;
}

/** True for a commit that we made: it says so, and we have said on it that its tree is validated. */
export async function isOurs({ git }: RemoteSession, forge: Forge, commit: string): Promise<boolean> {
  const { message } = await readCommit(git, commit);
  return readTrailer(message, 'Content') !== undefined && (await isValidated(forge, commit));
}

/** A loss that an open pull request may be there to hold: as long as it is not merged, the branch has no marks. */
function withWaiting(finding: Diagnostic, url: string | undefined): Diagnostic {
  if (url === undefined || finding.code !== 'change/data-loss') return finding;
  return { ...finding, help: `${finding.help}; where ${url} holds it, merge that first` };
}
