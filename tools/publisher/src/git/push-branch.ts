import { isGitFailure } from './run-git.ts';
import type { ScratchRepository } from './scratch-repository.ts';
import { noteTip } from './tracked-tips.ts';

/** What a push asks for: a branch at a commit, or gone. */
export interface PushRequest {
  readonly branch: string;
  /** Absent to delete the branch. */
  readonly commit?: string;
  /** Where the branch must be now for the push to be taken; absent where it must not be there. */
  readonly expected?: string;
}

/** Pushes while the branch is where it is expected. Throws a GitFailure; where the branch is then is not known any more. */
export async function pushBranch(scratch: ScratchRepository, { branch, commit, expected }: PushRequest): Promise<void> {
  // An empty value: the branch must not be there. A plain push would make a deleted branch again.
  const lease = `--force-with-lease=refs/heads/${branch}:${expected ?? ''}`;
  const refspec = `${commit ?? ''}:refs/heads/${branch}`;
  try {
    await scratch.asWhole(() => scratch.git(['push', '--porcelain', '--no-verify', lease, 'origin', refspec]));
    noteTip(scratch.folder, branch, commit);
  } catch (error) {
    noteTip(scratch.folder, branch, undefined);
    // An empty repository says which hash function it has to a push only. The next try is with that one.
    if (isGitFailure(error) && error.kind === 'other-hash') scratch.takeOtherHash();
    throw error;
  }
}
