import type { PushRequest } from './push-branch.ts';
import { pushRejection } from './push-rejection.ts';
import type { RemoteSession } from './remote-session.ts';
import { remoteWords } from './remote-words.ts';
import { type GitFailure, isGitFailure } from './run-git.ts';

/** What became of a push whose outcome is known. */
export type PushResult =
  | { readonly status: 'pushed' }
  /** The branch is not at the commit that ours was built on. */
  | { readonly status: 'moved' }
  | ({ readonly status: 'refused' } & PushRefusal);

/** A push that the server does not take, whatever we do: protection, a hook. */
export interface PushRefusal {
  /** What git says; '' for nothing. */
  readonly reason: string;
  /** What the server's hooks say. */
  readonly said: string;
  readonly isProtected: boolean;
}

/** A push whose outcome is wanted, whatever it is. */
export interface PushOrder extends PushRequest {
  readonly commit: string;
  readonly parents: readonly string[];
  /**
   * `onTop`: the commit has the expected one as its parent, so nothing that others wrote can go. `replace`: for branches that
   * are ours alone, whose old commit may go.
   */
  readonly how: 'onTop' | 'replace';
}

/**
 * Pushes a commit to a branch that is where it is expected, or not there: a compare-and-swap, since git names the expected
 * commit as the old value and the server takes the new one only while that is so (docs/decisions/0033). Throws a
 * GitFailure where it is not known what the server did.
 */
export async function pushCommit(
  session: RemoteSession,
  { branch, commit, parents, expected, how }: PushOrder,
): Promise<PushResult> {
  const isOnTop = expected === undefined ? parents.length === 0 : parents.includes(expected);
  if (how === 'onTop' && !isOnTop) throw new Error(`the commit for ${branch} is not on top of it`);
  try {
    await session.push({ branch, commit, ...(expected !== undefined && { expected }) });
    return { status: 'pushed' };
  } catch (error) {
    const result = isGitFailure(error) ? outcomeOf(error) : undefined;
    if (result === undefined) throw error;
    return result;
  }
}

/** Deletes a branch of ours, while it is where it was seen. Its commits stay reachable from the pull request. */
export async function deleteBranch(session: RemoteSession, branch: string, expected: string): Promise<void> {
  try {
    await session.push({ branch, expected });
  } catch (error) {
    // Somebody else was faster, or put something on it: then it is theirs.
    if (!isGitFailure(error) || error.kind !== 'branch-moved') throw error;
  }
}

/** What became of a push that was turned away; undefined where it is not known what the server did. */
function outcomeOf({ kind, stdout, stderr }: GitFailure): PushResult | undefined {
  if (kind === 'branch-moved') return { status: 'moved' };
  if (kind !== 'push-refused' && kind !== 'branch-protected') return undefined;
  const reason = pushRejection(stdout)?.reason ?? '';
  return { status: 'refused', reason, said: remoteWords(stderr), isProtected: kind === 'branch-protected' };
}
