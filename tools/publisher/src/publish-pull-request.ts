import { setTimeout as pause } from 'node:timers/promises';
import { examineProposal, headBranch, isOurs, type Proposable, type PullRequestOptions } from './examine-proposal.ts';
import { movedFolder } from './git/branch-findings.ts';
import { isRetryable, refusedPush } from './git/git-diagnostic.ts';
import { type PushResult, pushCommit } from './git/push-commit.ts';
import type { RemoteSession } from './git/remote-session.ts';
import { isGitFailure } from './git/run-git.ts';
import type { Forge } from './gitea/forge.ts';
import { setValidated } from './gitea/pull-request.ts';
import { proposedCommit } from './proposed-commit.ts';
import { failedOutcome, type PublishOutcome } from './publish-outcome.ts';
import { type AsideCommits, setAside } from './set-aside.ts';
import { showProposal } from './show-proposal.ts';

const mostAttempts = 10;
/** How often a push whose answer is lost is asked after. */
const mostFailures = 2;

/**
 * Publishes a tree as a pull request: a branch of ours that is one commit on the tip of the target, and a pull request with
 * the plan. Run again, it brings both up to date: the branch is always that one commit, so every style of merging gives this
 * tree (docs/decisions/0033). What others put on the branch is set aside under another name, and the pull request says so. Where
 * nothing is left to change, it is closed and the branch deleted; where a person has closed it, it is not opened again
 * for the same change. What would lose data is refused as a push is, since a merge needs no further look.
 * Throws a GitFailure or ForgeFailure.
 */
export async function publishPullRequest(
  session: RemoteSession,
  forge: Forge,
  options: PullRequestOptions,
): Promise<PublishOutcome> {
  const { tree, target } = options;
  const { cluster } = tree;
  // Each may be the one that arrived: a server may take it long after its answer is lost.
  const sent = new Set<string>();
  let failures = 0;
  for (let attempt = 1; attempt <= mostAttempts; attempt += 1) {
    const found = await examineProposal(session, forge, options);
    if ('status' in found) return found;
    const { headTip } = found;
    const { commit, parents } = await proposedCommit(session, options, found);
    const aside = headTip === commit ? undefined : await setForeignAside(session, forge, { cluster, found });
    const result = commit === headTip ? pushed : await pushHead(session, cluster, { commit, parents, headTip });
    if (result.status === 'pushed')
      return propose(forge, options, { ...found, aside, commit, isThere: commit === headTip && !sent.has(commit) });
    if (result.status === 'refused') return failedOutcome(cluster, target, [refusedPush({ cluster, target }, result)]);
    // The branch is asked what became of it; git sends a push again whose connection broke, and then it is our own that is in the way.
    sent.add(commit);
    if (result.status === 'moved') await pause(100 * attempt * (0.5 + Math.random()));
    else if (++failures > mostFailures) throw result.error;
  }
  return failedOutcome(cluster, target, [movedFolder(cluster, target)]);
}

const pushed = { status: 'pushed' } as const;

/** Sets aside what others have put on our branch. */
async function setForeignAside(
  session: RemoteSession,
  forge: Forge,
  { cluster, found: { headTip, open } }: { readonly cluster: string; readonly found: Proposable },
): Promise<AsideCommits | undefined> {
  if (headTip === undefined || (await isOurs(session, forge, headTip))) return undefined;
  return setAside(session, forge, { cluster, headTip, open });
}

interface HeadCommit {
  readonly commit: string;
  readonly parents: readonly string[];
  readonly headTip: string | undefined;
}

/** Puts our branch at a commit. `lost`: the answer is, and another try may find it. Throws a GitFailure where none may. */
async function pushHead(
  session: RemoteSession,
  cluster: string,
  { commit, parents, headTip }: HeadCommit,
): Promise<PushResult | { readonly status: 'lost'; readonly error: unknown }> {
  const expected = headTip === undefined ? {} : { expected: headTip };
  try {
    return await pushCommit(session, { branch: headBranch(cluster), commit, parents, ...expected, how: 'replace' });
  } catch (error) {
    if (!isGitFailure(error) || !isRetryable(error, true)) throw error;
    return { status: 'lost', error };
  }
}

interface Proposed extends Proposable {
  readonly aside: AsideCommits | undefined;
  readonly commit: string;
  /** The branch was there before this run. */
  readonly isThere: boolean;
}

/** Asks for a change whose branch is pushed. */
async function propose(
  forge: Forge,
  options: PullRequestOptions,
  { plan, judgement, changes, aside, turnedDown, commit, isThere }: Proposed,
): Promise<PublishOutcome> {
  const { tree, target, step } = options;
  const { cluster } = tree;
  const branches = { head: headBranch(cluster), base: target.branch };
  // Before anything that can fail: a pull request without it could not be merged where the status is asked for.
  await setValidated(forge, commit, `validated, ${options.warnings} warnings`);
  const shown = await showProposal(forge, { ...options, ...branches, plan, aside, turnedDown });
  const isUnchanged = isThere && !shown.isNew;
  return {
    cluster,
    target,
    status: isUnchanged ? 'unchanged' : 'published',
    commit,
    written: changes.write.length,
    removed: changes.remove.length,
    ...(step !== undefined && { step }),
    ...(shown.url !== undefined && { pullRequest: shown.url }),
    diagnostics: [...(isUnchanged ? [] : judgement.hints), ...shown.diagnostics],
    sources: judgement.sources,
  };
}
