import { cpSync, existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { folderDigest } from '@fluxwright/documents';
import { placeFile, placeFolder, temporaryName } from '../disk/place-file.ts';
import type { Environment } from '../http/http.ts';
import { sha256 } from '../lock/sha256.ts';

/** What has been fetched on this machine, by its digest, for all workspaces. Nothing in it is believed: digests are checked. */
export interface ContentCache {
  readonly folder: string;
  /** The bytes of a digest; undefined where they are not here, or are others. */
  readonly chart: (digest: string) => Buffer | undefined;
  readonly keepChart: (digest: string, bytes: Uint8Array) => void;
  /** Puts a folder of this digest to `target`; false where it is not here, or is another. */
  readonly copySource: (digest: string, target: string) => boolean;
  /** Takes a folder that was made in {@link scratch}. */
  readonly keepSource: (digest: string, made: string) => void;
  /** Where folders are made before they are kept. */
  readonly scratch: () => string;
}

/** The cache below XDG_CACHE_HOME, or ~/.cache (XDG Base Directory Specification). */
export function openContentCache(environment: Environment): ContentCache {
  const base = environment.XDG_CACHE_HOME;
  const home = environment.HOME ?? environment.USERPROFILE ?? homedir();
  const folder = join(base?.startsWith('/') ? base : join(home, '.cache'), 'fluxwright/charts');
  const fileOf = (kind: string, digest: string): string => join(folder, kind, digest.replace(':', '/'));
  return {
    folder,
    chart: (digest) => {
      const file = fileOf('packages', digest);
      if (statSync(file, { throwIfNoEntry: false })?.isFile() !== true) return undefined;
      const bytes = readFileSync(file);
      return sha256(bytes) === digest ? bytes : undefined;
    },
    keepChart: (digest, bytes) => placeFile(fileOf('packages', digest), bytes),
    copySource: (digest, target) => {
      const kept = fileOf('sources', digest);
      if (folderDigest(kept) !== digest) return false;
      const copy = temporaryName(target);
      cpSync(kept, copy, { recursive: true });
      placeFolder(copy, target);
      return true;
    },
    keepSource: (digest, made) => placeFolder(made, fileOf('sources', digest)),
    scratch: () => {
      const scratch = join(folder, 'scratch');
      if (!existsSync(scratch)) mkdirSync(scratch, { recursive: true });
      return scratch;
    },
  };
}
