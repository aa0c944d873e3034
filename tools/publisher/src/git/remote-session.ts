import { rmSync } from 'node:fs';
import type { PublishTarget } from '../target/publish-target.ts';
import type { ObjectFormat } from '../tree/blob-id.ts';
import { keepContents, keptContent } from './content-store.ts';
import { type Credential, credentialFor, type Environment } from './credential.ts';
import { gitEnvironment } from './git-environment.ts';
import { type Git, type GitFailure, isGitFailure, makeGit } from './run-git.ts';
import { keepScratch, type ScratchCache, takeScratch, usable } from './scratch-cache.ts';
import { noteTip, readTip, refOf } from './tracked-tips.ts';
import { configure, formatOf, makeWorkRepository, nameWorkRepository } from './work-repository.ts';

export interface ConnectOptions {
  readonly environment: Environment;
  /** A file of CA certificates (PEM) to trust instead of the system's. */
  readonly caFile?: string;
  /** Seconds without a byte after which a transfer is given up; 60 by default. */
  readonly idleSeconds?: number;
}

export interface RemoteOptions extends ConnectOptions {
  /** Where the scratch repository of an earlier run may be, and is kept for the next. */
  readonly cache?: ScratchCache;
}

/** What a push asks for: a branch at a commit, or gone. */
export interface PushRequest {
  readonly branch: string;
  /** Absent to delete the branch. */
  readonly commit?: string;
  /** Where the branch must be now for the push to be taken; absent where it must not be there. */
  readonly expected?: string;
}

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
  /** Pushes while the branch is where it is expected, and resolves with what `git push --porcelain` prints. */
  readonly push: (request: PushRequest) => Promise<string>;
  /** Ends it. The scratch repository is kept for the next run only where nothing went wrong. */
  readonly close: (outcome?: 'good' | 'bad') => void;
}

/** Opens a scratch repository for a remote one. The caller closes it. Nothing is asked of the server yet. */
export function openRemote(url: PublishTarget['url'], { cache: asked, ...options }: RemoteOptions): RemoteSession {
  const cache = usable(asked);
  const credential = credentialFor(url, options.environment);
  const environment = gitEnvironment(options.environment, { credential, caFile: options.caFile });
  const idleSeconds = options.idleSeconds ?? 60;
  const settings = { url, hasCredential: credential !== undefined, idleSeconds };
  const folder = nameWorkRepository(cache?.folder);
  const isKept = cache !== undefined && takeScratch(cache, folder);
  let objectFormat: ObjectFormat = isKept ? formatOf(folder) : 'sha1';
  if (isKept) configure(folder, { ...settings, objectFormat }, true);
  else makeWorkRepository(folder, { ...settings, objectFormat });
  // Git's own limit comes first: it ends in words. This one is for a git that hangs elsewhere.
  const git = makeGit({ folder, environment, silence: (idleSeconds + 15) * 1000 });
  let fetched: readonly string[] = [];
  const remove = (): void => rmSync(folder, { recursive: true, force: true });

  const takeNewerFormat = (): void => {
    remove();
    objectFormat = 'sha256';
    makeWorkRepository(folder, { ...settings, objectFormat });
  };
  const withFormat = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      if (!isGitFailure(error) || !hasOtherFormat(error)) throw error;
      takeNewerFormat();
      return await work();
    }
  };
  const heads = async (patterns: readonly string[]): Promise<ReadonlyMap<string, string>> => {
    const listed = await git(['ls-remote', 'origin', ...patterns]);
    const lines = listed.split('\n').flatMap((line): [string, string][] => {
      const [, id = '', branch = ''] = /^([0-9a-f]+)\trefs\/heads\/(.+)$/.exec(line) ?? [];
      return id === '' ? [] : [[branch, id]];
    });
    return new Map(lines);
  };
  const branches = async (): Promise<readonly string[]> => [...(await heads(['refs/heads/*'])).keys()].sort();
  const fetchRefs = async (wanted: readonly string[]): Promise<void> => {
    const specs = wanted.map((branch) => `+refs/heads/${branch}:${refOf(branch)}`);
    const args = ['fetch', '--no-tags', '--no-write-fetch-head', '--depth=1', '--filter=blob:none', '--progress'];
    await git([...args, 'origin', ...specs]);
  };
  /** Without knowing anything yet, fetching right away is one handshake less. */
  const fetchAll = async (wanted: readonly string[]): Promise<readonly string[]> => {
    try {
      await withFormat(() => fetchRefs(wanted));
      return wanted;
    } catch (error) {
      if (!isGitFailure(error) || !/couldn't find remote ref/i.test(error.stderr)) throw error;
      const existing = await branches();
      const found = wanted.filter((branch) => existing.includes(branch));
      if (found.length > 0) await fetchRefs(found);
      return found;
    }
  };
  /** Asks first: mostly the tips are those of the last time, or of our own push. */
  const fetchMoved = async (wanted: readonly string[]): Promise<readonly string[]> => {
    const tips = await heads(wanted.map((branch) => `refs/heads/${branch}`));
    const found = wanted.filter((branch) => tips.has(branch));
    const moved = found.filter((branch) => readTip(folder, branch) !== tips.get(branch));
    if (moved.length > 0) await fetchRefs(moved);
    return found;
  };
  return {
    git,
    credential,
    objectFormat: () => objectFormat,
    isKept,
    branches,
    remembered: (branch) => readTip(folder, branch),
    fetch: async (wanted) => {
      const isKnown = wanted.some((branch) => readTip(folder, branch) !== undefined);
      const found = await (isKnown ? fetchMoved(wanted) : fetchAll(wanted));
      fetched = found;
      return new Map(found.map((branch) => [branch, readTip(folder, branch) ?? '']));
    },
    contents: async (ids) => {
      if (ids.length === 0) return new Map();
      const kept = new Map([...new Set(ids)].map((id) => [id, keptContent(folder, id)]));
      const missing = [...kept].flatMap(([id, bytes]) => (bytes === undefined ? [id] : []));
      const known = new Map([...kept].flatMap(([id, bytes]) => (bytes === undefined ? [] : [[id, bytes] as const])));
      if (missing.length === 0) return known;
      // Told of a commit we have, the server would take its contents for ours, too, and leave them out.
      const quiet = ['-c', 'fetch.negotiationAlgorithm=noop', 'fetch', '--no-tags', '--no-write-fetch-head'];
      const list = `${missing.join('\n')}\n`;
      try {
        await git([...quiet, '--no-filter', '--progress', '--stdin', 'origin'], list);
      } catch (error) {
        if (!isGitFailure(error) || !/unadvertised object|not our ref/i.test(error.stderr)) throw error;
        // A server of protocol 0, as behind a plain sshd, gives whole branches only.
        const refs = fetched.map((branch) => `refs/heads/${branch}`);
        await git([...quiet, '--no-filter', '--refetch', '--depth=1', '--progress', 'origin', ...refs]);
      }
      return new Map([...known, ...readBatch(await git.catFile(['--batch'], list))]);
    },
    keep: (contents) => keepContents(folder, contents),
    push: async ({ branch, commit, expected }) => {
      configure(folder, { ...settings, objectFormat }, false);
      try {
        const said = await git([
          'push',
          '--porcelain',
          '--no-verify',
          // An empty value: the branch must not be there. A plain push would make a deleted branch again.
          `--force-with-lease=refs/heads/${branch}:${expected ?? ''}`,
          'origin',
          `${commit ?? ''}:refs/heads/${branch}`,
        ]);
        noteTip(folder, branch, commit);
        return said;
      } catch (error) {
        noteTip(folder, branch, undefined);
        // An empty repository says which format it has to a push only. The next try is in that one.
        if (isGitFailure(error) && hasOtherFormat(error)) takeNewerFormat();
        throw error;
      } finally {
        configure(folder, { ...settings, objectFormat }, true);
      }
    },
    close: (outcome = 'good') => {
      if (cache !== undefined && outcome === 'good') keepScratch(cache, folder);
      else remove();
    },
  };
}

/** True where git says, in one of its ways, that the other repository has another hash function. */
function hasOtherFormat({ stderr }: GitFailure): boolean {
  return /mismatched (object )?(algorithm|format)|support this repository's (hash algorithm|object format)/i.test(
    stderr,
  );
}

/** `<id> SP <type> SP <size> LF <contents> LF`, repeated: git-cat-file(1), BATCH OUTPUT. */
function readBatch(output: Buffer): ReadonlyMap<string, Buffer> {
  const found = new Map<string, Buffer>();
  let at = 0;
  while (at < output.length) {
    const end = output.indexOf(10, at);
    const [id = '', , size = ''] = output.subarray(at, end).toString('latin1').split(' ');
    if (size === '') throw new Error(`git has no object ${id}`);
    const from = end + 1;
    found.set(id, output.subarray(from, from + Number(size)));
    at = from + Number(size) + 1;
  }
  return found;
}
