import type { Git } from './run-git.ts';

/** How the user's git wants commits to be made. */
export interface CommitSettings {
  /** `Name <address> <seconds> <zone>`: the form of git-fast-import(1) and of commits. */
  readonly author: string;
  readonly committer: string;
  /** Options for git-commit-tree(1) that say the same, where git itself has no name to go by. */
  readonly identity: readonly string[];
  readonly sign: boolean;
}

const fallback = { name: 'Fluxwright', email: 'fluxwright@localhost' } as const;

/**
 * Author and signature are git's own settings: user.*, author.*, GIT_AUTHOR_*; commit.gpgSign with gpg.format and
 * user.signingKey. git-var(1) knows them all in one call. Where git has no address, commits are Fluxwright's.
 */
export async function readCommitSettings(git: Git): Promise<CommitSettings> {
  const { environment } = git;
  const listed = await git(['var', '-l']);
  const last = (name: string): string | undefined =>
    [...listed.matchAll(new RegExp(`^${name}(?:=(.*))?$`, 'gm'))].at(-1)?.map((part) => part ?? 'true')[1];
  const sign = /^(true|yes|on|1)$/i.test(last('commit\\.gpgsign') ?? '');
  if (last('user\\.email') !== undefined || environment.GIT_COMMITTER_EMAIL !== undefined) {
    return { author: last('GIT_AUTHOR_IDENT') ?? '', committer: last('GIT_COMMITTER_IDENT') ?? '', identity: [], sign };
  }
  const ident = (name = fallback.name as string, email = fallback.email as string): string =>
    `${clean(name)} <${clean(email)}> ${Math.floor(Date.now() / 1000)} +0000`;
  return {
    author: ident(environment.GIT_AUTHOR_NAME, environment.GIT_AUTHOR_EMAIL),
    committer: ident(environment.GIT_COMMITTER_NAME),
    identity: ['-c', `user.name=${fallback.name}`, '-c', `user.email=${fallback.email}`],
    sign,
  };
}

/** What ends a name or an address in a commit is left out, as git does. */
function clean(text: string): string {
  return text.replace(/[<>\n]/g, '').trim();
}
