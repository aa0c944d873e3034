import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { PublishTarget } from '../target/publish-target.ts';
import { type Credential, credentialFor, type Environment } from './credential.ts';
import { gitEnvironment } from './git-environment.ts';
import { type Git, isGitFailure, makeGit } from './run-git.ts';
import { configure, makeWorkRepository } from './work-repository.ts';

export interface ConnectOptions {
  readonly environment: Environment;
  /** A file of CA certificates (PEM) to trust instead of the system's. */
  readonly caFile?: string;
  /** Seconds without a byte after which a transfer is given up; 60 by default. */
  readonly idleSeconds?: number;
}

/** A scratch repository beside one remote repository. */
export interface RemoteSession {
  readonly git: Git;
  readonly credential: Credential | undefined;
  /** Fetches branches, without history and contents; a branch that does not exist is absent from the answer. */
  readonly fetch: (branches: readonly string[]) => Promise<ReadonlyMap<string, string>>;
  /** Names of all branches of the remote repository. */
  readonly branches: () => Promise<readonly string[]>;
  /** Contents of files, by id; fetched at once where they are not here yet. */
  readonly contents: (ids: readonly string[]) => Promise<ReadonlyMap<string, Buffer>>;
  /** Pushes a refspec without force and resolves with what `git push --porcelain` prints. */
  readonly push: (refspec: string) => Promise<string>;
  readonly close: () => void;
}

interface Scratch {
  readonly folder: string;
  readonly git: Git;
  readonly setPartial: (isPartial: boolean) => void;
}

/** Opens a scratch repository for a remote one. The caller closes it. Nothing is asked of the server yet. */
export function openRemote(url: PublishTarget['url'], options: ConnectOptions): RemoteSession {
  const credential = credentialFor(url, options.environment);
  const environment = gitEnvironment(options.environment, { credential, caFile: options.caFile });
  const idleSeconds = options.idleSeconds ?? 60;
  const make = (objectFormat: 'sha1' | 'sha256'): Scratch => {
    const settings = { url, hasCredential: credential !== undefined, idleSeconds, objectFormat };
    const folder = makeWorkRepository(settings);
    // Git's own limit comes first: it ends in words. This one is for a git that hangs elsewhere.
    const git = makeGit({ folder, environment, silence: (idleSeconds + 15) * 1000 });
    return { folder, git, setPartial: (isPartial) => configure(folder, settings, isPartial) };
  };
  let { folder, git, setPartial } = make('sha1');
  const close = (): void => rmSync(folder, { recursive: true, force: true });
  const fetchRefs = async (branches: readonly string[]): Promise<void> => {
    const specs = branches.map((branch) => `+refs/heads/${branch}:${refOf(branch)}`);
    const args = ['fetch', '--no-tags', '--no-write-fetch-head', '--depth=1', '--filter=blob:none', '--progress'];
    await git([...args, 'origin', ...specs]);
  };
  const withFormat = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      if (!isGitFailure(error) || !/mismatched (object )?(algorithm|format)/i.test(error.stderr)) throw error;
      close();
      ({ folder, git, setPartial } = make('sha256'));
      return await work();
    }
  };
  const branches = async (): Promise<readonly string[]> => {
    const listed = await git(['ls-remote', '--heads', 'origin']);
    return listed
      .split('\n')
      .flatMap((line) => /\trefs\/heads\/(.+)$/.exec(line)?.[1] ?? [])
      .sort();
  };
  return {
    get git() {
      return git;
    },
    credential,
    branches,
    fetch: async (wanted) => {
      let found = wanted;
      try {
        await withFormat(() => fetchRefs(wanted));
      } catch (error) {
        if (!isGitFailure(error) || !/couldn't find remote ref/i.test(error.stderr)) throw error;
        const existing = await branches();
        found = wanted.filter((branch) => existing.includes(branch));
        if (found.length > 0) await fetchRefs(found);
      }
      return new Map(found.map((branch) => [branch, readFileSync(join(folder, refOf(branch)), 'utf8').trim()]));
    },
    contents: async (ids) => {
      if (ids.length === 0) return new Map();
      const list = `${[...new Set(ids)].join('\n')}\n`;
      // Told of a commit we have, the server would take its contents for ours, too, and leave them out.
      const quiet = ['-c', 'fetch.negotiationAlgorithm=noop', 'fetch', '--no-tags', '--no-write-fetch-head'];
      await git([...quiet, '--no-filter', '--progress', '--stdin', 'origin'], list);
      return readBatch(await git.catFile(['--batch'], list));
    },
    push: async (refspec) => {
      setPartial(false);
      try {
        return await git(['push', '--porcelain', '--no-verify', 'origin', refspec]);
      } finally {
        setPartial(true);
      }
    },
    close: () => close(),
  };
}

/** Where a fetched branch is kept. */
function refOf(branch: string): string {
  return `refs/remotes/origin/${branch}`;
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
