import { rmSync } from 'node:fs';
import type { PublishTarget } from '../target/publish-target.ts';
import type { ObjectFormat } from '../tree/blob-id.ts';
import { type Credential, credentialFor, type Environment } from './credential.ts';
import { gitEnvironment } from './git-environment.ts';
import { type Git, isGitFailure, makeGit } from './run-git.ts';
import { keepScratch, type ScratchCache, takeScratch, usable } from './scratch-cache.ts';
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

/** A bare repository of our own beside a remote one, its `origin`. */
export interface ScratchRepository {
  readonly folder: string;
  readonly git: Git;
  readonly credential: Credential | undefined;
  /** As far as it is known: an empty remote repository tells at the first push. */
  readonly objectFormat: () => ObjectFormat;
  /** True where it is of an earlier run. */
  readonly isKept: boolean;
  /** Works while the repository does not know that it is partial; see {@link configure}. */
  readonly asWhole: <T>(work: () => Promise<T>) => Promise<T>;
  /** Makes it anew, empty, with the other hash function. */
  readonly takeOtherHash: () => void;
  /** Works again, after {@link takeOtherHash}, where git says that the remote repository has the other hash function. */
  readonly withHash: <T>(work: () => Promise<T>) => Promise<T>;
  /** Ends it. It is kept for the next run only where nothing went wrong. */
  readonly close: (outcome: 'good' | 'bad') => void;
}

/** Takes up the scratch repository of an earlier run, or makes one. Nothing is asked of the server. */
export function openScratch(
  url: PublishTarget['url'],
  { cache: asked, environment: outer, caFile, idleSeconds = 60 }: RemoteOptions,
): ScratchRepository {
  const cache = usable(asked);
  const credential = credentialFor(url, outer);
  const folder = nameWorkRepository(cache?.folder);
  const isKept = cache !== undefined && takeScratch(cache, folder);
  let objectFormat: ObjectFormat = isKept ? formatOf(folder) : 'sha1';
  const settings = () => ({ url, hasCredential: credential !== undefined, idleSeconds, objectFormat });
  if (isKept) configure(folder, settings(), true);
  else makeWorkRepository(folder, settings());
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  const takeOtherHash = (): void => {
    remove();
    objectFormat = objectFormat === 'sha1' ? 'sha256' : 'sha1';
    makeWorkRepository(folder, settings());
  };
  return {
    folder,
    // Git's own limit comes first: it ends in words. This one is for a git that hangs elsewhere.
    git: makeGit({
      folder,
      environment: gitEnvironment(outer, { credential, caFile }),
      silence: (idleSeconds + 15) * 1000,
    }),
    credential,
    objectFormat: () => objectFormat,
    isKept,
    asWhole: async (work) => {
      configure(folder, settings(), false);
      try {
        return await work();
      } finally {
        configure(folder, settings(), true);
      }
    },
    takeOtherHash,
    withHash: async (work) => {
      try {
        return await work();
      } catch (error) {
        if (!isGitFailure(error) || error.kind !== 'other-hash') throw error;
        takeOtherHash();
        return await work();
      }
    },
    close: (outcome) => {
      if (cache !== undefined && outcome === 'good') keepScratch(cache, folder);
      else remove();
    },
  };
}
