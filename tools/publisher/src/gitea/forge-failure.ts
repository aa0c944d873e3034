import { type Diagnostic, diagnostic, maskSecrets } from '@fluxwright/diagnostics';

/** A request that Gitea's API refused, as a finding. */
export interface ForgeFailure extends Error {
  readonly name: 'ForgeFailure';
  readonly finding: Diagnostic;
}

/** What a request was for: `open the pull request`. */
export interface ForgePurpose {
  readonly doing: string;
  readonly server: string;
}

/**
 * Does requests, and throws a {@link ForgeFailure} where one fails. The client throws the answer itself, whose `error` has
 * Gitea's message; a server that cannot be reached makes fetch throw a TypeError with the reason as its cause.
 */
export async function askForge<T>({ doing, server }: ForgePurpose, work: () => Promise<T>): Promise<T> {
  try {
    const answer = await work();
    // The client hands over an answer that is no JSON as if it were good; one without content is.
    if (!isStatus(answer, 204) && answer instanceof Object && 'error' in answer && answer.error instanceof SyntaxError)
      throw answer;
    return answer;
  } catch (error) {
    const failed = describe(error);
    if (failed === undefined) throw error;
    const finding = diagnostic(failed.code, {
      message: `${server} did not ${doing}: ${failed.said}`,
      help: failed.help,
    });
    throw forgeFailure(finding);
  }
}

/** The error that carries a finding. */
export function forgeFailure(finding: Diagnostic): ForgeFailure {
  return Object.assign(new Error(finding.message), { name: 'ForgeFailure' as const, finding });
}

/** True for an answer with that status. */
export function isStatus(error: unknown, status: number): boolean {
  return typeof error === 'object' && error !== null && 'status' in error && error.status === status;
}

/** Gitea names the scopes that a request takes, each of them enough. */
function scopeHelp(said: string): string {
  const [, named = ''] = /required(?: scope\(s\))?[=:] ?\[([^\]]*)\]/.exec(said) ?? [];
  const scopes = named.split(/[\s,]+/).filter((each) => /^[a-z]+:[a-z]+$/.test(each));
  const first = scopes.length === 0 ? '' : `give the token the scope ${scopes.join(' and ')}; in all `;
  return `${first}pull requests take write:repository and write:issue, and bootstrap-forge also read:user and write:organization (write:user for a repository of one's own, write:admin for --user)`;
}

interface Described {
  readonly code: 'publish/forge' | 'publish/unauthorized' | 'publish/unreachable';
  readonly said: string;
  readonly help: string;
}

function describe(error: unknown): Described | undefined {
  if (typeof error === 'object' && error !== null && 'status' in error && typeof error.status === 'number') {
    const message = 'error' in error ? (error.error as { message?: unknown } | null)?.message : undefined;
    return describeAnswer(error.status, typeof message === 'string' ? message : undefined);
  }
  if (error instanceof Error && (error.name === 'TimeoutError' || error instanceof TypeError)) {
    const cause = error.cause as { code?: string; message?: string } | undefined;
    const said = cause?.message ?? error.message;
    return { code: 'publish/unreachable', said, help: 'check git.url, the network and --ca-file, and publish again' };
  }
  return undefined;
}

function describeAnswer(status: number, message: string | undefined): Described {
  const said = `${status}${message === undefined ? '' : `, ${maskSecrets(message).slice(0, 300)}`}`;
  const code = status === 401 ? 'publish/unauthorized' : 'publish/forge';
  if (status === 401) return { code, said, help: 'set FLUXWRIGHT_GIT_TOKEN to a token that is valid' };
  if (status === 403) return { code, said, help: scopeHelp(said) };
  const help = status >= 500 ? 'publish again when the server is well' : 'correct what Gitea names and publish again';
  return { code, said, help };
}
