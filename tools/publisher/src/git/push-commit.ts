import type { PushRequest, RemoteSession } from './remote-session.ts';
import { type GitFailure, isGitFailure } from './run-git.ts';

/** What became of a push whose outcome is known. */
export type PushResult =
  | { readonly status: 'pushed' }
  /** The branch is not at the commit that ours was built on. */
  | { readonly status: 'moved' }
  /** The server does not take it, whatever we do: protection, a hook. */
  | { readonly status: 'refused'; readonly reason: string; readonly said: string };

/**
 * Pushes a commit to a branch, never by force. Git sends the tip it was told as the old value and the server takes the new
 * one only while it still is: a compare-and-swap, because the history is cut at the commit's parents and git refuses what is
 * no fast-forward from one of them. Throws a GitFailure where it is not known what the server did.
 */
export async function pushCommit(session: RemoteSession, request: Required<PushRequest>): Promise<PushResult> {
  try {
    await session.push(request);
    return { status: 'pushed' };
  } catch (error) {
    const result = isGitFailure(error) ? readRejection(error) : undefined;
    if (result === undefined) throw error;
    return result;
  }
}

/** Deletes a branch of ours. Its commits stay reachable from the pull request. */
export async function deleteBranch(session: RemoteSession, branch: string): Promise<void> {
  await session.push({ branch, parents: [] });
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
  return stderr
    .split('\n')
    .filter((line) => line.startsWith('remote: '))
    .map((line) => line.slice('remote: '.length).trim())
    .filter((line) => line !== '' && !/^(Total|Enumerating|Counting|Compressing|Resolving)\b/.test(line))
    .join(' ')
    .slice(0, 500);
}
