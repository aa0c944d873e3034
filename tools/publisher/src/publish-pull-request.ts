import { setTimeout as pause } from 'node:timers/promises';
import type { Diagnostic } from '@fluxwright/diagnostics';
import { commitMessage, readTrailer } from './commit-message.ts';
import { countChanges } from './diff/count-changes.ts';
import { formatPlanMarkdown } from './diff/format-plan-markdown.ts';
import { diffCluster } from './diff-cluster.ts';
import { folderChanges } from './git/folder-changes.ts';
import { missingBranch, movedFolder, refusedPush } from './git/git-diagnostic.ts';
import { deleteBranch, pushCommit } from './git/push-commit.ts';
import { readRemoteFolder } from './git/remote-folder.ts';
import type { RemoteSession } from './git/remote-session.ts';
import { writeCommit } from './git/write-commit.ts';
import type { Forge } from './gitea/forge.ts';
import { closePullRequest, setValidated, upsertPullRequest } from './gitea/pull-request.ts';
import { failedOutcome, type PublishOutcome } from './publish-outcome.ts';
import { checkFolder, isNothing, madeFrom, type PublishTreeOptions } from './publish-tree.ts';

export interface PullRequestOptions extends Omit<PublishTreeOptions, 'createBranch'> {
  readonly labels: readonly string[];
  readonly reviewers: readonly string[];
  /** How many warnings the compiler has: the commit status tells. */
  readonly warnings: number;
}

/** The branch that carries a cluster's pull request. */
export function headBranch(cluster: string): string {
  return `fluxwright/${cluster}`;
}

const mostAttempts = 10;

/**
 * Publishes a tree as a pull request: a branch of ours with the tree in its folder, and a pull request with the plan. Run
 * again, it brings both up to date: a new commit goes on top of the branch, so nothing is ever forced. Where nothing is left to change, the pull request is
 * closed and the branch deleted. What would lose data is refused as a push is, since a merge needs no further look. Throws a GitFailure or ForgeFailure.
 */
export async function publishPullRequest(
  session: RemoteSession,
  forge: Forge,
  options: PullRequestOptions,
): Promise<PublishOutcome> {
  const { tree, target, acknowledge = [], step } = options;
  const head = headBranch(tree.cluster);
  const branches = { head, base: target.branch };
  const fail = (finding: Diagnostic): PublishOutcome => failedOutcome(tree.cluster, target, [finding]);
  for (let attempt = 1; attempt <= mostAttempts; attempt += 1) {
    const tips = await session.fetch([target.branch, head]);
    const tip = tips.get(target.branch);
    if (tip === undefined) return fail(missingBranch(tree.cluster, target, await session.branches()));
    const folder = await readRemoteFolder(session.git, tip, target.path);
    const changes = folderChanges(tree, folder);
    const headTip = tips.get(head);
    if (isNothing(changes)) {
      await closePullRequest(forge, branches, `Nothing is left to do: \`${target.branch}\` holds this tree.`);
      if (headTip !== undefined) await deleteBranch(session, head);
      return {
        cluster: tree.cluster,
        target,
        status: 'unchanged',
        commit: tip,
        written: 0,
        removed: 0,
        diagnostics: [],
      };
    }
    const wrong = checkFolder(options, folder, options.expected);
    if (wrong !== undefined) return fail(wrong);
    const { plan, judgement } = await diffCluster(session, { cluster: tree.cluster, target, tree, acknowledge }, tip);
    if (judgement.findings.length > 0)
      return failedOutcome(tree.cluster, target, judgement.findings, judgement.sources);
    const { commit, parents } = await headCommit(session, options, { tip, folder: folder.id ?? 'none', headTip });
    if (commit !== headTip) {
      const result = await pushCommit(session, { branch: head, commit, parents });
      if (result.status === 'refused') {
        return fail(refusedPush({ cluster: tree.cluster, target, credential: session.credential }, result));
      }
      if (result.status === 'moved') {
        await pause(100 * attempt * (0.5 + Math.random()));
        continue;
      }
    }
    const pull = await upsertPullRequest(forge, {
      ...branches,
      title: `${step === undefined ? 'Publish' : 'Hold for a migration of'} ${tree.cluster}: ${countChanges(plan.diff)}`,
      body: formatPlanMarkdown([plan]),
      labels: options.labels,
      reviewers: options.reviewers,
    });
    await setValidated(forge, commit, `validated, ${options.warnings} warnings`);
    return {
      cluster: tree.cluster,
      target,
      status: commit === headTip ? 'unchanged' : 'published',
      commit,
      written: changes.write.length,
      removed: changes.remove.length,
      ...(step !== undefined && { step }),
      ...(pull.html_url !== undefined && { pullRequest: pull.html_url }),
      diagnostics: [],
    };
  }
  return fail(movedFolder(tree.cluster, target));
}

/**
 * The commit our branch should be at: its tip where that holds the tree already, otherwise a new one on top. Each carries
 * the id of the cluster's folder in the target branch it was made for. Where that has changed, merging would mix two
 * trees, so the new commit has the target's tip as a parent and everything else from there.
 */
async function headCommit(
  { git, objectFormat }: RemoteSession,
  { tree, target, ...options }: PullRequestOptions,
  { tip, folder, headTip }: { readonly tip: string; readonly folder: string; readonly headTip: string | undefined },
): Promise<{ readonly commit: string; readonly parents: readonly string[] }> {
  const isCurrent =
    headTip !== undefined && readTrailer(await git(['log', '-1', '--format=%B', headTip]), 'Base') === folder;
  const base = isCurrent ? headTip : tip;
  const changes = folderChanges(tree, await readRemoteFolder(git, base, target.path));
  if (isCurrent && isNothing(changes)) return { commit: headTip, parents: [] };
  const message = commitMessage({ tree, changes, ...madeFrom(options), base: folder });
  const parents = [...(headTip === undefined ? [] : [headTip]), ...(isCurrent ? [] : [tip])];
  return {
    commit: await writeCommit(git, {
      tree,
      path: target.path,
      changes,
      base,
      parents,
      message,
      format: objectFormat(),
    }),
    parents,
  };
}
