import { type Diagnostic, diagnostic, keepSecrets } from '@fluxwright/diagnostics';

/** What the environment says for a host. */
export interface Credential {
  readonly username: string;
  readonly token: string;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The credential of the environment for a URL; undefined where there is none, and git's own helpers or the SSH agent are
 * asked. FLUXWRIGHT_GIT_TOKEN_<HOST> (upper case, other characters as `_`, the port included) is for one host;
 * FLUXWRIGHT_GIT_TOKEN is for the host in FLUXWRIGHT_GIT_HOST, or where that is unset for any: a manifest decides which.
 * FLUXWRIGHT_GIT_USERNAME[_<HOST>] goes with it; Gitea takes any name beside a token.
 */
export function credentialFor(url: string, environment: Environment): Credential | undefined {
  const { protocol, host } = new URL(url);
  if (protocol !== 'http:' && protocol !== 'https:') return undefined;
  const suffix = `_${host.toUpperCase().replace(/[^A-Z0-9]/g, '_')}`;
  const own = environment[`FLUXWRIGHT_GIT_TOKEN${suffix}`];
  const onlyFor = environment.FLUXWRIGHT_GIT_HOST;
  const shared = onlyFor === undefined || onlyFor === host ? environment.FLUXWRIGHT_GIT_TOKEN : undefined;
  const token = (own ?? shared)?.trim();
  if (token === undefined || token === '') return undefined;
  const username = environment[`FLUXWRIGHT_GIT_USERNAME${suffix}`] ?? environment.FLUXWRIGHT_GIT_USERNAME;
  return kept({ username: username?.trim() || 'fluxwright', token }, host);
}

/** A finding where a credential cannot be handed to git: its protocol has one value a line (gitcredentials(7)). */
export function checkCredential({ username, token }: Credential): readonly Diagnostic[] {
  if (!/\p{Cc}/u.test(username + token)) return [];
  return [
    diagnostic('publish/unauthorized', {
      message: 'the token or user name in the environment has a control character in it',
      help: 'set FLUXWRIGHT_GIT_TOKEN and FLUXWRIGHT_GIT_USERNAME to one line each',
    }),
  ];
}

/**
 * Hands a credential on, and says first that it is secret: a server or a proxy may say it back in any encoding, alone or as
 * `user:token` in base64, and no form tells it from other words.
 */
export function kept(credential: Credential, server: string): Credential {
  const { username, token } = credential;
  keepSecrets(`the credential of ${server}`, { texts: [token, `${username}:${token}`] });
  return credential;
}
