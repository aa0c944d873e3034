import type { PullRequest } from 'gitea-js';
import { readTrailer } from './commit-message.ts';
import { pushCommit } from './git/push-commit.ts';
import { readCommit } from './git/read-commit.ts';
import type { RemoteSession } from './git/remote-session.ts';
import type { Forge } from './gitea/forge.ts';
import { commitsOf } from './gitea/pull-request.ts';

/** Commits of others that were on our branch, and where they are now. */
export interface AsideCommits {
  readonly branch: string;
  readonly commits: readonly { readonly id: string; readonly author: string; readonly title: string }[];
}

export interface AsideInput {
  readonly cluster: string;
  readonly headTip: string;
  readonly open: PullRequest | undefined;
}

/**
 * Keeps what others put on our branch under a name of its own before the branch is replaced, so that nobody's work is lost
 * with it. The branch `fluxwright-aside/<cluster>-<commit>` is theirs from then on: nothing here reads or removes it.
 */
export async function setAside(
  session: RemoteSession,
  forge: Forge,
  { cluster, headTip, open }: AsideInput,
): Promise<AsideCommits> {
  const branch = `fluxwright-aside/${cluster}-${headTip.slice(0, 10)}`;
  const { author, message, parents } = await readCommit(session.git, headTip);
  // Where it is there already, an earlier run was cut off here, and the name says that it is this very commit.
  await pushCommit(session, { branch, commit: headTip, parents, how: 'replace' });
  const last = { id: headTip, author, title: titleOf(message) };
  const all = open === undefined ? [] : await commitsOf(forge, open);
  const others = all.filter((each) => readTrailer(each.message, 'Content') === undefined && each.id !== headTip);
  return { branch, commits: [last, ...others.map((each) => ({ ...each, title: titleOf(each.message) }))] };
}

function titleOf(message: string): string {
  return message.split('\n', 1)[0]?.slice(0, 100) ?? '';
}
