import { type Diagnostic, type DiagnosticCode, diagnostic, maskSecrets } from '@fluxwright/diagnostics';
import { atCluster } from '../target/at-cluster.ts';
import type { PublishTarget } from '../target/publish-target.ts';
import type { Credential } from './credential.ts';
import type { GitFailureKind } from './failure-kind.ts';
import type { PushRefusal } from './push-commit.ts';
import { remoteWords } from './remote-words.ts';
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

type FailureCode = Extract<
  DiagnosticCode,
  | 'publish/failed'
  | 'publish/unauthorized'
  | 'publish/refused'
  | 'publish/missing-repository'
  | 'publish/server-error'
  | 'publish/unreachable'
>;

const codes: Readonly<Record<GitFailureKind, FailureCode>> = {
  machine: 'publish/failed',
  unknown: 'publish/failed',
  'no-such-branch': 'publish/failed',
  'object-not-offered': 'publish/failed',
  unauthorized: 'publish/unauthorized',
  forbidden: 'publish/refused',
  'repository-moved': 'publish/missing-repository',
  'no-such-repository': 'publish/missing-repository',
  silent: 'publish/unreachable',
  'unknown-host-key': 'publish/unreachable',
  unreachable: 'publish/unreachable',
  'server-failed': 'publish/server-error',
  'other-hash': 'publish/server-error',
  // Who pushes a commit answers to these; what is left is a branch of ours that could not be deleted.
  'branch-moved': 'publish/server-error',
  'branch-protected': 'publish/server-error',
  'push-refused': 'publish/server-error',
};

/**
 * True where another try may go better: the server failed, or the connection ended while it had our push. A server that
 * cannot be reached in the first place is not asked twice.
 */
export function isRetryable(failure: GitFailure, hasSent: boolean): boolean {
  const code = codes[failure.kind];
  return code === 'publish/server-error' || (hasSent && code === 'publish/unreachable');
}

/** True where the scratch repository could be the cause: neither the server nor the connection is named. */
export function isLocal({ kind }: GitFailure): boolean {
  return kind === 'other-hash' || codes[kind] === 'publish/failed';
}

/** What a failure of git means for the user. The words of git and the server stand in it, with secrets masked. */
export function gitDiagnostic(
  failure: GitFailure,
  { cluster, target, credential, movedTo }: FailureContext,
): Diagnostic {
  const code = codes[failure.kind];
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
      message: `cluster ${cluster} is not published: ${failure.kind === 'repository-moved' ? `${target.url} has moved` : `there is no repository ${target.url}`}`,
      help:
        failure.kind === 'repository-moved'
          ? `set git.url to ${movedTo ?? 'its new address'}: an old name leads on only until somebody else takes it`
          : 'correct git.url, give the token access to it, or let `fluxwright bootstrap-forge` make it',
    },
    'publish/unreachable': {
      message: `cluster ${cluster} is not published: ${server} cannot be reached`,
      help:
        failure.kind === 'unknown-host-key'
          ? `ask who runs ${server} for the fingerprint of its host key, and add the key to known_hosts: ssh-keyscan`
          : 'check git.url, the network and, for a certificate of your own, --ca-file; then publish again',
    },
    'publish/server-error': {
      message: `cluster ${cluster} is not published: ${server} failed or broke off`,
      help: 'publish again when the server is well: the branch holds the old tree or the new one, nothing between',
    },
  }[code];
  const open =
    failure.isOpen === true
      ? {
          message: message.replace('is not published:', 'may be published or not:'),
          help: 'publish again: that finds out whether the push arrived, and the branch holds the old tree or the new one',
        }
      : { message, help };
  return diagnostic(code, { ...open, ...atCluster(cluster), note, cluster });
}

/** The finding for a push the server does not want. */
export function refusedPush(
  { cluster, target }: Pick<FailureContext, 'cluster' | 'target'>,
  refusal: PushRefusal,
): Diagnostic {
  const { reason, said, isProtected } = refusal;
  return diagnostic('publish/refused', {
    message: `cluster ${cluster} is not published: the server refused the push to ${target.branch}`,
    ...atCluster(cluster),
    note: [reason, ...(said === '' ? [] : [`the server says: ${said}`])].join('; '),
    help: isProtected
      ? 'publish by pull request (--mode=pull-request), or let the user of the token push to the protected branch'
      : 'do what the server asks for; the branch is as it was',
    cluster,
  });
}

function wordsOf({ timedOut, stderr, stdout, message }: GitFailure): string {
  if (timedOut) return 'git says nothing any more and was stopped';
  const lines = `${stderr}\n${stdout}`
    .split(/[\r\n]+/)
    .filter((line) => /^(fatal|error|!)|Permission denied|Host key/.test(line));
  // Before it is cut: half a token is none that anybody knows.
  return maskSecrets(lines.length === 0 ? message : [...new Set(lines)].slice(0, 3).join('; ')).slice(0, 500);
}
