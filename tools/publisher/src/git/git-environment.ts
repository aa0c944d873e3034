import type { Credential, Environment } from './credential.ts';

/** Variables git and its helpers may see. Everything else stays out: GIT_DIR, GIT_TRACE*, GIT_CONFIG_PARAMETERS, tokens. */
const passed = [
  'PATH',
  'HOME',
  'USERPROFILE',
  'SYSTEMROOT',
  'USER',
  'LOGNAME',
  'TMPDIR',
  'TEMP',
  'TMP',
  'XDG_CONFIG_HOME',
  'XDG_RUNTIME_DIR',
  'SSH_AUTH_SOCK',
  'SSH_AGENT_PID',
  'GNUPGHOME',
  'GPG_TTY',
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'NO_PROXY',
  'http_proxy',
  'https_proxy',
  'no_proxy',
  'SSL_CERT_FILE',
  'SSL_CERT_DIR',
  'GIT_SSL_CAINFO',
  'GIT_CONFIG_GLOBAL',
  'GIT_CONFIG_SYSTEM',
  'GIT_CONFIG_NOSYSTEM',
  'GIT_AUTHOR_NAME',
  'GIT_AUTHOR_EMAIL',
  'GIT_COMMITTER_NAME',
  'GIT_COMMITTER_EMAIL',
  'GIT_SSH',
  'GIT_SSH_COMMAND',
] as const;

/** Names in the environment of git that only the helper in {@link credentialHelper} reads. */
export const helperNames = { username: 'FLUXWRIGHT_HELPER_USERNAME', token: 'FLUXWRIGHT_HELPER_TOKEN' } as const;

/**
 * A credential helper for git's configuration: it answers `get` from its environment, by a builtin of the shell, so that
 * the secret is in no argument list and in no file. `store` and `erase` do nothing.
 */
export const credentialHelper = `!f() { test "$1" = get && printf 'username=%s\\npassword=%s\\n' "$${helperNames.username}" "$${helperNames.token}"; }; f`;

/** The environment git runs in: English messages, no question on a terminal, and the secret under names of ours. */
export function gitEnvironment(
  outer: Environment,
  { credential, caFile }: { readonly credential?: Credential | undefined; readonly caFile?: string | undefined } = {},
): Record<string, string> {
  const kept = passed.flatMap((name) => (outer[name] === undefined ? [] : [[name, outer[name]] as const]));
  return {
    ...Object.fromEntries(kept),
    LC_ALL: 'C',
    LANGUAGE: 'C',
    GIT_TERMINAL_PROMPT: '0',
    GCM_INTERACTIVE: 'never',
    // An askpass program of the desktop would wait for somebody.
    GIT_ASKPASS: '',
    SSH_ASKPASS_REQUIRE: 'never',
    // Stronger than http.sslCAInfo, so that the file asked for holds.
    ...(caFile !== undefined && { GIT_SSL_CAINFO: caFile }),
    ...(credential && { [helperNames.username]: credential.username, [helperNames.token]: credential.token }),
  };
}
