import { tmpdir } from 'node:os';
import { type Diagnostic, type DiagnosticCode, diagnostic, didYouMean, maskSecrets } from '@fluxwright/diagnostics';
import type { PublishTarget } from '../target/publish-target.ts';
import type { Credential } from './credential.ts';
import { remoteWords } from './push-commit.ts';
import type { GitFailure } from './run-git.ts';

/** Where a failure came up. */
export interface FailureContext {
  /** Where the server says that the repository is now, where it says so. */
  readonly movedTo?: string;
  readonly cluster: string;
  readonly target: PublishTarget;
  /** What the environment had for the server: it must not be said back. */
  readonly credential: Credential | undefined;
}

type Kind = Extract<
  DiagnosticCode,
  | 'publish/failed'
  | 'publish/unauthorized'
  | 'publish/refused'
  | 'publish/missing-repository'
  | 'publish/server-error'
  | 'publish/unreachable'
>;

/**
 * Git tells causes apart in words only, and does so in English under LC_ALL=C. First match wins: what the machine lacks,
 * then what the server said, then how the connection ended. `remote:` lines are the server's and name no cause of ours.
 */
const causes: readonly { readonly kind: Kind; readonly words: RegExp }[] = [
  {
    kind: 'publish/failed',
    words:
      /No space left on device|Disk quota exceeded|Read-only file system|unable to create temporary|unable to write|Out of memory|gpg failed|failed to sign|Couldn't load public key/i,
  },
  {
    kind: 'publish/unauthorized',
    words: /Authentication failed|could not read (Username|Password)|returned error: 401|Permission denied \(/i,
  },
  { kind: 'publish/refused', words: /returned error: 403/i },
  {
    kind: 'publish/missing-repository',
    words:
      /returned error: 30\d|unable to update url base from redirection|repository '[^']*' not found|returned error: 404|does not appear to be a git repository|Repository not found|Cannot find repository/i,
  },
  { kind: 'publish/server-error', words: /returned error: (4\d\d|5\d\d)|HTTP 5\d\d|RPC failed; HTTP/i },
  {
    kind: 'publish/unreachable',
    words:
      /Host key verification failed|Could not resolve|Failed to connect|Couldn't connect|Connection (refused|timed out|reset)|timed out|Operation too slow|SSL|certificate|TLS|gnutls|No route to host|Network is unreachable/i,
  },
  {
    kind: 'publish/server-error',
    words:
      /RPC failed|early EOF|unexpected disconnect|hung up|bad line length|protocol error|invalid index-pack|unpack|remote rejected|remote failure|not valid: is this a git repository|expected .* got|Empty reply|transfer closed|index-pack failed|bad pack|fetch-pack/i,
  },
];

/**
 * True where another try may go better: the server failed, or the connection ended while it had our push. A server that
 * cannot be reached in the first place is not asked twice.
 */
export function isRetryable(failure: GitFailure, hasSent: boolean): boolean {
  const kind = kindOf(failure);
  return kind === 'publish/server-error' || (hasSent && kind === 'publish/unreachable');
}

/** True where neither the server nor the connection is named as the cause. */
export function isLocal(failure: GitFailure): boolean {
  return kindOf(failure) === 'publish/failed';
}

/** What a failure of git means for the user. The words of git and the server stand in it, with secrets masked. */
export function gitDiagnostic(
  failure: GitFailure,
  { cluster, target, credential, movedTo }: FailureContext,
): Diagnostic {
  const kind = kindOf(failure);
  const server = new URL(target.url).host;
  const said = remoteWords(failure.stderr);
  const note = [wordsOf(failure), ...(said === '' ? [] : [`the server says: ${said}`])].join('; ');
  const { message, help } = {
    'publish/failed': {
      message: `cluster ${cluster} is not published: git failed on this machine`,
      help: 'mend what git names and publish again; the branch is as it was',
    },
    'publish/unauthorized': {
      message: `cluster ${cluster} is not published: ${server} does not accept the credentials`,
      help: target.url.startsWith('ssh:')
        ? 'give the SSH agent a key that may write to the repository: ssh-add, and the public key at the server'
        : credential !== undefined
          ? 'make a new token with write access to the repository and set FLUXWRIGHT_GIT_TOKEN'
          : 'set FLUXWRIGHT_GIT_TOKEN, or a credential helper or SSH key of git',
    },
    'publish/refused': {
      message: `cluster ${cluster} is not published: ${server} refuses access to the repository`,
      help: 'give the user of the token write access to the repository and its code',
    },
    'publish/missing-repository': {
      message: `cluster ${cluster} is not published: ${isMoved(failure) ? `${target.url} has moved` : `there is no repository ${target.url}`}`,
      help: isMoved(failure)
        ? `set git.url to ${movedTo ?? 'its new address'}: an old name leads on only until somebody else takes it`
        : 'correct git.url, give the token access to it, or let `fluxwright bootstrap-forge` make it',
    },
    'publish/unreachable': {
      message: `cluster ${cluster} is not published: ${server} cannot be reached`,
      help: /Host key verification failed/i.test(failure.stderr)
        ? `ask who runs ${server} for the fingerprint of its host key, and add the key to known_hosts: ssh-keyscan`
        : 'check git.url, the network and, for a certificate of your own, --ca-file; then publish again',
    },
    'publish/server-error': {
      message: `cluster ${cluster} is not published: ${server} failed or broke off`,
      help: 'publish again when the server is well: the branch holds the old tree or the new one, nothing between',
    },
  }[kind];
  const open =
    failure.isOpen === true
      ? {
          message: message.replace('is not published:', 'may be published or not:'),
          help: 'publish again: that finds out whether the push arrived, and the branch holds the old tree or the new one',
        }
      : { message, help };
  return diagnostic(kind, { ...open, ...place(cluster), note, cluster });
}

/** True where the server answered with another address; git does not go there (see configOf in work-repository.ts). */
export function isMoved({ stderr }: GitFailure): boolean {
  return /returned error: 30\d|from redirection/i.test(stderr);
}

/** The finding for a branch that is not there while others are. */
export function missingBranch(cluster: string, target: PublishTarget, branches: readonly string[]): Diagnostic {
  return diagnostic('publish/missing-branch', {
    message: `cluster ${cluster} is not published: the repository has no branch ${JSON.stringify(target.branch)}`,
    ...place(cluster),
    help: didYouMean(target.branch, branches) ?? 'make the branch, or publish with --create-branch',
    cluster,
  });
}

/** The finding for a push the server does not want. */
export function refusedPush(context: FailureContext, { reason, said }: { reason: string; said: string }): Diagnostic {
  const { cluster, target } = context;
  const isProtected = /protected branch|not allowed to push/i.test(`${reason} ${said}`);
  return diagnostic('publish/refused', {
    message: `cluster ${cluster} is not published: the server refused the push to ${target.branch}`,
    ...place(cluster),
    note: [reason, ...(said === '' ? [] : [`the server says: ${said}`])].join('; '),
    help: isProtected
      ? 'publish by pull request (--mode=pull-request), or let the user of the token push to the protected branch'
      : 'do what the server asks for; the branch is as it was',
    cluster,
  });
}

/** The finding where somebody else changed the cluster's folder since it was looked at. */
export function movedFolder(cluster: string, target: PublishTarget): Diagnostic {
  return diagnostic('publish/moved', {
    message: `cluster ${cluster} is not published: ${target.path} in ${target.branch} has changed since it was looked at`,
    ...place(cluster),
    help: 'look at the difference again (fluxwright diff) and publish again',
    cluster,
  });
}

/** The finding for a folder that holds something, and no record of ours. */
export function foreignFolder(cluster: string, target: PublishTarget, inTheWay: string | undefined): Diagnostic {
  return diagnostic('publish/foreign-folder', {
    message:
      inTheWay === undefined
        ? `cluster ${cluster} is not published: ${target.path} in ${target.branch} holds files and no .fluxwright.json`
        : `cluster ${cluster} is not published: ${inTheWay} in ${target.branch} is no folder`,
    ...place(cluster),
    help:
      inTheWay === undefined
        ? 'name another folder in git.path, or replace what is there with --adopt'
        : 'name another folder in git.path',
    cluster,
  });
}

/** The finding for a folder in which, or around which, another cluster has its own. */
export function overlappingFolder(cluster: string, target: PublishTarget, other: string): Diagnostic {
  return diagnostic('publish/foreign-folder', {
    message: `cluster ${cluster} is not published: ${other} in ${target.branch} has a .fluxwright.json of its own, and ${target.path} ${
      other.startsWith(`${target.path}/`) ? 'is around it' : 'lies in it'
    }`,
    ...place(cluster),
    help: `give each cluster a folder outside of the others (git.path); where nobody needs ${other} any more, remove it from the branch first`,
    cluster,
  });
}

/** The finding for a folder that the record in it gives to another cluster. */
export function foldersOwner(cluster: string, target: PublishTarget, owner: string): Diagnostic {
  return diagnostic('publish/foreign-folder', {
    message: `cluster ${cluster} is not published: ${target.path} in ${target.branch} is the folder of cluster ${owner}`,
    ...place(cluster),
    help: `name another folder in git.path; where ${owner} is only the old name of ${cluster}, publish once with --adopt`,
    cluster,
  });
}

function kindOf(failure: GitFailure): Kind {
  if (failure.timedOut) return 'publish/unreachable';
  const own = failure.stderr.replace(/^remote: .*$/gm, '');
  return causes.find(({ words }) => words.test(`${own}\n${failure.stdout}`))?.kind ?? 'publish/failed';
}

function wordsOf({ timedOut, stderr, stdout, message }: GitFailure): string {
  if (timedOut) return 'git says nothing any more and was stopped';
  const lines = `${stderr}\n${stdout}`
    .split(/[\r\n]+/)
    .filter((line) => /^(fatal|error|!)|Permission denied|Host key/.test(line));
  // Before it is cut: half a token is none that anybody knows.
  return maskSecrets(lines.length === 0 ? message : [...new Set(lines)].slice(0, 3).join('; ')).slice(0, 500);
}

function place(cluster: string): { readonly primary: { readonly file: string } } {
  return { primary: { file: `clusters/${cluster}/cluster.yaml` } };
}

/** The finding where this machine, not git, could not do its part: a full disk, no permission, no git. */
export function localFailure(cluster: string, code: string): Diagnostic {
  const known: Readonly<Record<string, string>> = {
    ENOSPC: 'the disk of the temporary folder is full',
    EDQUOT: 'the disk quota is used up',
    EROFS: 'the temporary folder is read-only',
    EACCES: 'permission denied',
    ENOENT: 'git or a file of the tree is not there',
    EMFILE: 'too many files are open',
  };
  return diagnostic('publish/failed', {
    message: `cluster ${cluster} is not published: ${known[code] ?? `the system says ${code}`}`,
    ...place(cluster),
    note: `the system says ${code}`,
    help: `mend it and publish again, which works in ${tmpdir()}; the branch is as it was`,
    cluster,
  });
}
