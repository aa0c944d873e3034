import { verdictFolder } from '@fluxwright/compiler';
import type { Diagnostic } from '@fluxwright/diagnostics';
import pLimit from 'p-limit';
import { type Credential, checkCredential, credentialFor } from './git/credential.ts';
import { gitDiagnostic, isLocal } from './git/git-diagnostic.ts';
import { localFailure } from './git/local-failure.ts';
import { movedTo } from './git/moved-to.ts';
import { openRemote, type RemoteSession } from './git/remote-session.ts';
import { isGitFailure } from './git/run-git.ts';
import type { ConnectOptions } from './git/scratch-repository.ts';
import type { ForgeFailure } from './gitea/forge-failure.ts';
import { atCluster } from './target/at-cluster.ts';
import type { PublishTarget } from './target/publish-target.ts';
import { changedTree } from './tree/proved-tree.ts';

/** Something to do at a place in a repository. */
export interface RemoteTask {
  readonly cluster: string;
  readonly target: PublishTarget;
}

export interface EachOptions<T extends RemoteTask, R> extends ConnectOptions {
  /** Where scratch repositories are kept for the next run; they are not by default. */
  readonly cacheFolder?: string;
  /** How many repositories at once; 8 by default, since the work is waiting for servers. */
  readonly atOnce?: number;
  readonly work: (session: RemoteSession, task: T) => Promise<R>;
  /** Makes the result of a task that failed. */
  readonly failed: (task: T, diagnostics: readonly Diagnostic[]) => R;
  /** Called after each task. */
  readonly onDone?: (result: R) => void;
}

/** Where tools keep scratch repositories, from the workspace: out of sight of git, and gone with the packages. */
export const scratchFolder = `${verdictFolder}/publish`;

/**
 * Does tasks of different repositories and branches side by side, those of one branch one after the other in one scratch
 * repository, since each moves the tip of the next. A task that fails stops no other, except that a server which cannot
 * be reached or refuses the credentials is not asked again for every cluster. Results come in the order of the tasks.
 */
export async function eachRepository<T extends RemoteTask, R>(
  tasks: readonly T[],
  options: EachOptions<T, R>,
): Promise<readonly R[]> {
  const groups = Map.groupBy(tasks, ({ target }) => JSON.stringify([target.url, target.branch]));
  const limit = pLimit(options.atOnce ?? 8);
  const results = new Map<T, R>();
  const ended = await Promise.allSettled(
    [...groups.values()].map((group) => limit(() => doGroup(group, options, results))),
  );
  const bug = ended.find((each) => each.status === 'rejected');
  if (bug !== undefined) throw bug.reason;
  return tasks.flatMap((task) => results.get(task) ?? []);
}

const forAll: ReadonlySet<string> = new Set([
  'publish/unreachable',
  'publish/unauthorized',
  'publish/missing-repository',
]);

async function doGroup<T extends RemoteTask, R>(
  group: readonly T[],
  options: EachOptions<T, R>,
  results: Map<T, R>,
): Promise<void> {
  const { target } = group[0] as T;
  const credential = credentialFor(target.url, options.environment);
  const wrong = credential === undefined ? [] : checkCredential(credential);
  const sessions = sessionsOf(target, options);
  let failure: unknown;
  let hasFailed = false;
  const attempt = async (task: T): Promise<R> => {
    if (failure !== undefined) throw failure;
    const session = sessions.current();
    return wrong.length > 0 ? options.failed(task, wrong) : workOn(task, session);
  };
  const workOn = async (task: T, session: RemoteSession): Promise<R> => {
    try {
      return await options.work(session, task);
    } catch (error) {
      if (!session.isKept || !mayBeItsFault(error)) throw error;
      return options.work(sessions.replace(), task);
    }
  };
  try {
    for (const task of group) {
      const result = await attempt(task).catch(async (error: unknown) => {
        hasFailed = true;
        const finding = findingOf(error, task, { credential, moved: await whereTo(error, task, options) });
        if (finding === undefined) throw error;
        if (forAll.has(finding.code)) failure = error;
        return options.failed(task, [finding]);
      });
      results.set(task, result);
      options.onDone?.(result);
    }
  } finally {
    sessions.close(hasFailed ? 'bad' : 'good');
  }
}

/** The session of a group's repository: opened once it is needed, and replaced where its scratch repository is damaged. */
function sessionsOf(
  { url, branch }: PublishTarget,
  options: ConnectOptions & { readonly cacheFolder?: string },
): { current(): RemoteSession; replace(): RemoteSession; close(how: 'good' | 'bad'): void } {
  const { cacheFolder } = options;
  const cache = cacheFolder && { folder: cacheFolder, key: JSON.stringify([url, branch]) };
  const open = (): RemoteSession => openRemote(url, { ...options, ...(cache && { cache }) });
  let session: RemoteSession | undefined;
  return {
    current() {
      session ??= open();
      return session;
    },
    replace() {
      session?.close('bad');
      session = open();
      return session;
    },
    close: (how) => session?.close(how),
  };
}

/** The address that a repository has moved to, where that is what failed. */
async function whereTo(error: unknown, { target }: RemoteTask, options: ConnectOptions): Promise<string | undefined> {
  return isGitFailure(error) && error.kind === 'repository-moved' ? movedTo(target.url, options) : undefined;
}

/** True where a scratch repository that is damaged could be the cause: then a new one is tried. */
function mayBeItsFault(error: unknown): boolean {
  if (isGitFailure(error)) return isLocal(error);
  return error instanceof Error && error.name === 'Error' && (error as NodeJS.ErrnoException).code === undefined;
}

/** What an error means for the user; undefined for a bug. */
function findingOf(
  error: unknown,
  { cluster, target }: RemoteTask,
  { credential, moved }: { readonly credential: Credential | undefined; readonly moved: string | undefined },
): Diagnostic | undefined {
  if (isGitFailure(error))
    return gitDiagnostic(error, { cluster, target, credential, ...(moved !== undefined && { movedTo: moved }) });
  if (!(error instanceof Error)) return undefined;
  if (error.name === 'ChangedFileError') return changedTree(cluster, `generated/${cluster}`, error);
  if (error.name === 'ForgeFailure') {
    const { finding } = error as ForgeFailure;
    return { ...finding, ...atCluster(cluster), cluster };
  }
  const code = (error as NodeJS.ErrnoException).code;
  return code === undefined || !/^E[A-Z]+$/.test(code) ? undefined : localFailure(cluster, code);
}
