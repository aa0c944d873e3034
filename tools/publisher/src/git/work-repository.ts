import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ObjectFormat } from '../tree/blob-id.ts';
import { credentialHelper } from './git-environment.ts';

export interface WorkRepositoryOptions {
  readonly url: string;
  /** Whether the environment has a credential for the URL; without one git's own helpers are asked. */
  readonly hasCredential: boolean;
  /** After so many seconds without a byte a transfer is given up. */
  readonly idleSeconds: number;
  readonly objectFormat?: ObjectFormat;
}

const prefix = 'fluxwright-publish-';

/** A name in a folder, the temporary one by default, for a work repository of this process. Removes what killed runs left there. */
export function nameWorkRepository(parent: string = tmpdir()): string {
  removeLeftovers(parent);
  return join(parent, `${prefix}${process.pid}-${randomBytes(6).toString('hex')}`);
}

/**
 * Makes an empty bare repository (layout: gitrepository-layout(5)) in a folder that does not exist. Its
 * configuration narrows what the user's could widen: no transport but http(s) and ssh, no hooks, no background work.
 * It never holds a secret. The caller removes it; what killed runs left is removed after an hour.
 */
export function makeWorkRepository(folder: string, options: WorkRepositoryOptions): void {
  mkdirSync(folder, { mode: 0o700 });
  for (const each of ['objects', 'refs']) mkdirSync(join(folder, each));
  writeFileSync(join(folder, 'HEAD'), 'ref: refs/heads/none\n');
  configure(folder, options, true);
}

/** The hash function of a work repository. */
export function formatOf(folder: string): ObjectFormat {
  return /objectFormat = "sha256"/.test(readFileSync(join(folder, 'config'), 'utf8')) ? 'sha256' : 'sha1';
}

/**
 * Says whether the repository knows that it is partial. For a push it must not: git would fetch the old contents of every
 * changed file, to send the new ones as differences. Not knowing, it leaves out what it does not have.
 */
export function configure(folder: string, options: WorkRepositoryOptions, isPartial: boolean): void {
  writeFileSync(join(folder, 'config'), configOf(options, isPartial));
}

function configOf(
  { url, hasCredential, idleSeconds, objectFormat }: WorkRepositoryOptions,
  isPartial: boolean,
): string {
  const sections: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
    [
      'core',
      { repositoryFormatVersion: '1', bare: 'true', hooksPath: '/dev/null', fsync: 'none', logAllRefUpdates: 'false' },
    ],
    [
      'extensions',
      { ...(isPartial && { partialClone: 'origin' }), ...(objectFormat === 'sha256' && { objectFormat }) },
    ],
    // A fetch takes trees only: a repository with 10,000 other files costs their names, not their contents.
    ['remote "origin"', { url, ...(isPartial && { promisor: 'true', partialCloneFilter: 'blob:none' }) }],
    ['protocol', { allow: 'never' }],
    ['protocol "http"', { allow: 'always' }],
    ['protocol "https"', { allow: 'always' }],
    ['protocol "ssh"', { allow: 'always' }],
    [
      'http',
      {
        // Where a repository is read from and written to is git.url, and nothing that a server says.
        followRedirects: 'false',
        lowSpeedLimit: '1',
        lowSpeedTime: String(idleSeconds),
        // Saves the question for credentials on every request, from git 2.46 on.
        ...(hasCredential && { proactiveAuth: 'basic' }),
      },
    ],
    ['push', { followTags: 'false', recurseSubmodules: 'no', useBitmaps: 'false' }],
    ['fetch', { recurseSubmodules: 'no', writeCommitGraph: 'false', fsckObjects: 'true' }],
    // One pack a commit: a file for each object takes another process.
    ['fastimport', { unpackLimit: '1' }],
    ['gc', { auto: '0' }],
    ['maintenance', { auto: 'false' }],
    ['submodule', { recurse: 'false' }],
    // An empty helper forgets those of the user's configuration; the next one is for this server alone.
    ...(hasCredential
      ? ([
          ['credential', { helper: '' }],
          [`credential "${new URL(url).origin}"`, { helper: credentialHelper }],
        ] as const)
      : []),
  ];
  return sections
    .map(
      ([name, values]) =>
        `[${name}]\n${Object.entries(values)
          .map(([key, value]) => `\t${key} = ${quote(value)}\n`)
          .join('')}`,
    )
    .join('');
}

function quote(value: string): string {
  return `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`;
}

/** Removes the folders of runs that were killed. A run of an hour ago whose process is gone needs nothing any more. */
function removeLeftovers(parent: string): void {
  for (const name of existsSync(parent) ? readdirSync(parent) : []) {
    const pid = new RegExp(`^${prefix}(\\d+)-`).exec(name)?.[1];
    if (pid === undefined) continue;
    const folder = join(parent, name);
    try {
      if (Date.now() - statSync(folder).mtimeMs > 3_600_000 && !runs(Number(pid))) {
        rmSync(folder, { recursive: true, force: true });
      }
    } catch {
      // Another run has removed it, or it belongs to another user.
    }
  }
}

function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
