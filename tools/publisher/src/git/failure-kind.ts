import { pushRejection } from './push-rejection.ts';

/** What git printed when it failed. */
export interface GitOutput {
  readonly stdout: string;
  readonly stderr: string;
  /** True where it was ended because nothing came for too long. */
  readonly timedOut: boolean;
}

/** Why git failed. */
export type GitFailureKind =
  /** Nothing came for too long, and git was ended. */
  | 'silent'
  /** The branch is not where the push expected it. */
  | 'branch-moved'
  | 'branch-protected'
  /** The server does not take the push, whatever we do: a hook, a limit. */
  | 'push-refused'
  /** The other repository has another hash function. */
  | 'other-hash'
  | 'no-such-branch'
  /** The server gives no single objects, or has not got this one. */
  | 'object-not-offered'
  /** This machine, or git's own signing. */
  | 'machine'
  | 'unauthorized'
  | 'forbidden'
  /** The server answered with another address; git does not go there (see configOf in work-repository.ts). */
  | 'repository-moved'
  | 'no-such-repository'
  | 'unknown-host-key'
  | 'unreachable'
  /** The server failed, or the connection ended in the middle. */
  | 'server-failed'
  /** Git names no cause that we know: the machine's, most likely. */
  | 'unknown';

/**
 * Git tells causes apart in words only, and does so in English under LC_ALL=C. First match wins: what the two repositories
 * could not agree on, what the machine lacks, what the server said, how the connection ended.
 */
const causes: readonly { readonly kind: GitFailureKind; readonly words: RegExp }[] = [
  {
    kind: 'other-hash',
    words: /mismatched (object )?(algorithm|format)|support this repository's (hash algorithm|object format)/i,
  },
  { kind: 'no-such-branch', words: /couldn't find remote ref/i },
  { kind: 'object-not-offered', words: /unadvertised object|not our ref/i },
  {
    kind: 'machine',
    words:
      /No space left on device|Disk quota exceeded|Read-only file system|unable to create temporary|unable to write|Out of memory|gpg failed|failed to sign|Couldn't load public key/i,
  },
  {
    kind: 'unauthorized',
    words: /Authentication failed|could not read (Username|Password)|returned error: 401|Permission denied \(/i,
  },
  { kind: 'forbidden', words: /returned error: 403/i },
  { kind: 'repository-moved', words: /returned error: 30\d|unable to update url base from redirection/i },
  {
    kind: 'no-such-repository',
    words:
      /repository '[^']*' not found|returned error: 404|does not appear to be a git repository|Repository not found|Cannot find repository/i,
  },
  { kind: 'server-failed', words: /returned error: (4\d\d|5\d\d)|HTTP 5\d\d|RPC failed; HTTP/i },
  { kind: 'unknown-host-key', words: /Host key verification failed/i },
  {
    kind: 'unreachable',
    words:
      /Could not resolve|Failed to connect|Couldn't connect|Connection (refused|timed out|reset)|timed out|Operation too slow|SSL|certificate|TLS|gnutls|No route to host|Network is unreachable/i,
  },
  {
    kind: 'server-failed',
    words:
      /RPC failed|early EOF|unexpected disconnect|hung up|bad line length|protocol error|invalid index-pack|unpack|remote rejected|remote failure|not valid: is this a git repository|expected .* got|Empty reply|transfer closed|index-pack failed|bad pack|fetch-pack/i,
  },
];

/** Why git failed, read from what it printed. `remote:` lines are the server's and name no cause, but for protection. */
export function failureKind(output: GitOutput): GitFailureKind {
  if (output.timedOut) return 'silent';
  const own = output.stderr.replace(/^remote: .*$/gm, '');
  return rejectionKind(output) ?? causes.find(({ words }) => words.test(`${own}\n${output.stdout}`))?.kind ?? 'unknown';
}

/** What a push was turned away for; undefined where there was none, or the server itself failed. */
function rejectionKind({ stdout, stderr }: GitOutput): GitFailureKind | undefined {
  const rejection = pushRejection(stdout);
  if (rejection === undefined) return undefined;
  const { by, reason } = rejection;
  const lostRace =
    /failed to update ref|cannot lock ref|failed to lock|incorrect old value|already exists|fetch first/i;
  if (by === 'git' || lostRace.test(reason)) return 'branch-moved';
  if (/unpacker error|index-pack|internal|missing necessary objects|quarantine/i.test(reason)) return undefined;
  return /protected branch|not allowed to push/i.test(`${reason}\n${stderr}`) ? 'branch-protected' : 'push-refused';
}
