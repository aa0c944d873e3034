import type { PublishTarget } from '../target/publish-target.ts';
import type { ObjectFormat } from '../tree/blob-id.ts';
import { keepContents } from './content-store.ts';
import type { Credential } from './credential.ts';
import { fetchBranches, listBranches } from './fetch-branches.ts';
import { fetchContents } from './fetch-contents.ts';
import { type PushRequest, pushBranch } from './push-branch.ts';
import type { Git } from './run-git.ts';
import { openScratch, type RemoteOptions } from './scratch-repository.ts';
import { readTip } from './tracked-tips.ts';

/** A scratch repository beside one remote repository. */
export interface RemoteSession {
  readonly git: Git;
  readonly credential: Credential | undefined;
  /** As far as it is known: an empty repository tells at the first push. */
  readonly objectFormat: () => ObjectFormat;
  /** True where the scratch repository is of an earlier run. */
  readonly isKept: boolean;
  /** Asks where branches are and gets their commits and trees; a branch that does not exist is absent from the answer. */
  readonly fetch: (branches: readonly string[]) => Promise<ReadonlyMap<string, string>>;
  /** Where a branch was when last heard of: good for preparing an answer, not for giving one. */
  readonly remembered: (branch: string) => string | undefined;
  /** Names of all branches of the remote repository. */
  readonly branches: () => Promise<readonly string[]>;
  /** Contents of files, by id; fetched at once where they are not here yet. */
  readonly contents: (ids: readonly string[]) => Promise<ReadonlyMap<string, Buffer>>;
  /** Keeps contents by id, for the next change of the same files. */
  readonly keep: (contents: ReadonlyMap<string, Buffer>) => void;
  /** Pushes while the branch is where it is expected. */
  readonly push: (request: PushRequest) => Promise<void>;
  /** Ends it. The scratch repository is kept for the next run only where nothing went wrong. */
  readonly close: (outcome?: 'good' | 'bad') => void;
}

/** Opens a scratch repository for a remote one. The caller closes it. Nothing is asked of the server yet. */
export function openRemote(url: PublishTarget['url'], options: RemoteOptions): RemoteSession {
  const scratch = openScratch(url, options);
  const { folder, git, credential, objectFormat, isKept } = scratch;
  let fetched: readonly string[] = [];
  return {
    git,
    credential,
    objectFormat,
    isKept,
    fetch: async (wanted) => {
      fetched = await fetchBranches(scratch, wanted);
      return new Map(fetched.map((branch) => [branch, readTip(folder, branch) ?? '']));
    },
    remembered: (branch) => readTip(folder, branch),
    branches: () => listBranches(git),
    contents: (ids) => fetchContents(scratch, ids, fetched),
    keep: (contents) => keepContents(folder, contents),
    push: (request) => pushBranch(scratch, request),
    close: (outcome = 'good') => scratch.close(outcome),
  };
}
