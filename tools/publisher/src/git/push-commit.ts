import { maskSecrets } from '@fluxwright/diagnostics';
import type { PushRequest, RemoteSession } from './remote-session.ts';
import { type GitFailure, isGitFailure } from './run-git.ts';

/** What became of a push whose outcome is known. */
export type PushResult =
  | { readonly status: 'pushed' }
  /** The branch is not at the commit that ours was built on. */
  | { readonly status: 'moved' }
  /** The server does not take it, whatever we do: protection, a hook. */
  | { readonly status: 'refused'; readonly reason: string; readonly said: string };

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
    const result = isGitFailure(error) ? readRejection(error) : undefined;
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
    if (!isGitFailure(error) || readRejection(error)?.status !== 'moved') throw error;
  }
}

/** A line `!<TAB>from:to<TAB>[rejected] (reason)` of `push --porcelain`; undefined where there is none. */
function readRejection({ stdout, stderr }: GitFailure): PushResult | undefined {
  const summary = /^!\t[^\t]*\t(.*)$/m.exec(stdout)?.[1];
  const [, who = '', reason = ''] = /^\[([^\]]*)\](?: \((.*)\))?$/.exec(summary ?? '') ?? [];
  if (who === 'rejected') return { status: 'moved' };
  if (who !== 'remote rejected') return undefined;
  if (
    /failed to update ref|cannot lock ref|failed to lock|incorrect old value|already exists|fetch first/i.test(reason)
  ) {
    return { status: 'moved' };
  }
  if (/unpacker error|index-pack|internal|missing necessary objects|quarantine/i.test(reason)) return undefined;
  return { status: 'refused', reason, said: remoteWords(stderr) };
}

/** What the server's hooks printed, without git's prefix; '' for nothing. */
export function remoteWords(stderr: string): string {
  const said = stderr
    .split('\n')
    .filter((line) => line.startsWith('remote: '))
    .map((line) => line.slice('remote: '.length).trim())
    .filter((line) => line !== '' && !/^(Total|Enumerating|Counting|Compressing|Resolving)\b/.test(line))
    .join(' ');
  return maskSecrets(said).slice(0, 500);
}
