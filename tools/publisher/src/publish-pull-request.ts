import { setTimeout as pause } from 'node:timers/promises';
import type { Diagnostic } from '@fluxwright/diagnostics';
import { holdsTree } from './change/holds-tree.ts';
import { readTrailer } from './commit-message.ts';
import { diffCluster } from './diff-cluster.ts';
import { missingBranch, movedFolder } from './git/branch-findings.ts';
import { folderChanges } from './git/folder-changes.ts';
import { isRetryable, refusedPush } from './git/git-diagnostic.ts';
import { deleteBranch, type PushResult, pushCommit } from './git/push-commit.ts';
import { readCommit } from './git/read-commit.ts';
import { readRemoteFolder } from './git/remote-folder.ts';
import type { RemoteSession } from './git/remote-session.ts';
import { isGitFailure } from './git/run-git.ts';
import type { Forge } from './gitea/forge.ts';
import {
  closePullRequest,
  commitMessageOf,
  findPullRequest,
  isTurnedDown,
  isValidated,
  lastClosed,
  setValidated,
} from './gitea/pull-request.ts';
import { proposedCommit } from './proposed-commit.ts';
import { failedOutcome, type PublishOutcome } from './publish-outcome.ts';
import { checkFolder, type PublishTreeOptions } from './publish-tree.ts';
import { setAside } from './set-aside.ts';
import { showProposal } from './show-proposal.ts';

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
  const { tree, target, acknowledge = [], components, step } = options;
  const { cluster } = tree;
  const head = headBranch(cluster);
  const branches = { head, base: target.branch };
  const fail = (finding: Diagnostic): PublishOutcome => failedOutcome(cluster, target, [finding]);
  // Each may be the one that arrived: a server may take it long after its answer is lost.
  const sent = new Set<string>();
  let failures = 0;
  for (let attempt = 1; attempt <= mostAttempts; attempt += 1) {
    const tips = await session.fetch([target.branch, head]);
    const tip = tips.get(target.branch);
    const headTip = tips.get(head);
    if (tip === undefined) return fail(missingBranch(cluster, target, await session.branches()));
    const folder = await readRemoteFolder(session.git, tip, target.path);
    const changes = folderChanges(tree, folder);
    if (await holdsTree(session, { tree, folder, changes })) {
      await closePullRequest(forge, branches);
      if (headTip !== undefined && (await isOurs(session, forge, headTip))) await deleteBranch(session, head, headTip);
      return { cluster, target, status: 'unchanged', commit: tip, written: 0, removed: 0, diagnostics: [] };
    }
    const wrong = checkFolder(options, folder, options.expected);
    if (wrong !== undefined) return fail(wrong);
    const { plan, judgement } = await diffCluster(
      session,
      { cluster, target, tree, acknowledge, components, adopt: options.adopt === true },
      tip,
    );
    if (judgement.findings.length > 0) {
      const waiting = await findPullRequest(forge, branches);
      const findings = judgement.findings.map((each) => withWaiting(each, waiting?.html_url));
      return failedOutcome(cluster, target, findings, judgement.sources);
    }
    const base = folder.id ?? 'none';
    const open = await findPullRequest(forge, branches);
    const closed = open === undefined ? await lastClosed(forge, branches) : undefined;
    const turnedDown = closed !== undefined && isTurnedDown(closed) ? closed : undefined;
    if (turnedDown !== undefined && options.reopen !== true) {
      const message = await commitMessageOf(forge, turnedDown.head?.sha ?? '');
      if (readTrailer(message, 'Content') === tree.content && readTrailer(message, 'Base') === base) {
        const where = turnedDown.html_url === undefined ? {} : { pullRequest: turnedDown.html_url };
        return { cluster, target, status: 'declined', written: 0, removed: 0, ...where, diagnostics: [] };
      }
    }
    const { commit, parents } = await proposedCommit(session, options, { tip, base, changes, headTip });
    const isForeign = headTip !== undefined && headTip !== commit && !(await isOurs(session, forge, headTip));
    const aside = isForeign ? await setAside(session, forge, { cluster, headTip, open }) : undefined;
    if (commit !== headTip) {
      const expected = headTip === undefined ? {} : { expected: headTip };
      let result: PushResult;
      try {
        result = await pushCommit(session, { branch: head, commit, parents, ...expected, how: 'replace' });
      } catch (error) {
        failures += 1;
        if (!isGitFailure(error) || !isRetryable(error, true) || failures > mostFailures) throw error;
        // The branch is asked what became of it.
        sent.add(commit);
        continue;
      }
      if (result.status === 'refused') return fail(refusedPush({ cluster, target }, result));
      if (result.status === 'moved') {
        // Git sends a push again whose connection broke: then it is our own commit that is in the way.
        sent.add(commit);
        await pause(100 * attempt * (0.5 + Math.random()));
        continue;
      }
    }
    // Before anything that can fail: a pull request without it could not be merged where the status is asked for.
    await setValidated(forge, commit, `validated, ${options.warnings} warnings`);
    const shown = await showProposal(forge, { ...options, ...branches, plan, aside, turnedDown });
    const isUnchanged = commit === headTip && !sent.has(commit) && !shown.isNew;
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
  return fail(movedFolder(cluster, target));
}

/** True for a commit that we made: it says so, and we have said on it that its tree is validated. */
async function isOurs({ git }: RemoteSession, forge: Forge, commit: string): Promise<boolean> {
  const { message } = await readCommit(git, commit);
  return readTrailer(message, 'Content') !== undefined && (await isValidated(forge, commit));
}

/** A loss that an open pull request may be there to hold: as long as it is not merged, the branch has no marks. */
function withWaiting(finding: Diagnostic, url: string | undefined): Diagnostic {
  if (url === undefined || finding.code !== 'change/data-loss') return finding;
  return { ...finding, help: `${finding.help}; where ${url} holds it, merge that first` };
}
