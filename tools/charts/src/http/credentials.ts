import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FAILSAFE_SCHEMA, load } from 'js-yaml';
import type { Environment } from './http.ts';

/** Who a server is told we are. */
export interface Login {
  readonly username: string;
  readonly password: string;
}

export interface Credentials {
  /** For a URL of an HTTP repository: its host, or a repository of Helm's with the same origin. */
  readonly forRepository: (url: string) => Login | undefined;
  /** For a registry: host, with a port where it has one. */
  readonly forRegistry: (host: string) => Login | undefined;
}

/**
 * The logins of an environment. Each belongs to a host, and goes to no other:
 * - `FLUXWRIGHT_CHARTS_USERNAME_<HOST>` and `FLUXWRIGHT_CHARTS_PASSWORD_<HOST>`, in capitals, other characters as `_`;
 * - Helm's `repositories.yaml` (HELM_REPOSITORY_CONFIG) for HTTP repositories;
 * - Helm's `registry/config.json` (HELM_REGISTRY_CONFIG) and docker's `config.json` (DOCKER_CONFIG) for registries, with
 *   their credential helpers;
 * - `.netrc` (NETRC), for both.
 * Files are read when they are first asked for; what cannot be read has no logins. An identity token of docker's is not used.
 */
export function readCredentials(environment: Environment): Credentials {
  const home = environment.HOME ?? environment.USERPROFILE ?? '/nowhere';
  const helm = environment.HELM_CONFIG_HOME ?? join(environment.XDG_CONFIG_HOME ?? join(home, '.config'), 'helm');
  const repositories = once(() =>
    repositoryLogins(textOf(environment.HELM_REPOSITORY_CONFIG ?? join(helm, 'repositories.yaml'))),
  );
  const registries = [
    environment.HELM_REGISTRY_CONFIG ?? join(helm, 'registry/config.json'),
    join(environment.DOCKER_CONFIG ?? join(home, '.docker'), 'config.json'),
  ].map((file) => once(() => objectOf(parseJson(textOf(file)))));
  const netrc = once(() => netrcLogins(textOf(environment.NETRC ?? join(home, '.netrc'))));
  return {
    forRepository: (url) => {
      const { origin, host, hostname } = new URL(url);
      return ownLogin(host, environment) ?? repositories().get(origin) ?? netrc().get(hostname);
    },
    forRegistry: (host) =>
      ownLogin(host, environment) ??
      registries.map((file) => registryLogin(file(), host, environment)).find((login) => login !== undefined) ??
      netrc().get(host.replace(/:\d+$/, '')),
  };
}

/** The header of a login (RFC 7617). */
export function basic({ username, password }: Login): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}

function ownLogin(host: string, environment: Environment): Login | undefined {
  const suffix = host.toUpperCase().replace(/[^A-Z0-9]/g, '_');
  const password = environment[`FLUXWRIGHT_CHARTS_PASSWORD_${suffix}`]?.trim();
  if (password === undefined || password === '') return undefined;
  return { username: environment[`FLUXWRIGHT_CHARTS_USERNAME_${suffix}`]?.trim() || 'fluxwright', password };
}

/** Logins of Helm's repositories, by origin. */
function repositoryLogins(text: string): ReadonlyMap<string, Login> {
  const repositories = objectOf(parseYaml(text)).repositories;
  const all = (Array.isArray(repositories) ? repositories : []).map(objectOf).flatMap(({ url, username, password }) => {
    if (typeof url !== 'string' || !URL.canParse(url)) return [];
    if (typeof username !== 'string' || typeof password !== 'string' || password === '') return [];
    return [[new URL(url).origin, { username, password }] as const];
  });
  return new Map(all.reverse());
}

/** The names docker's own registry has in its file. */
const dockerHub = ['https://index.docker.io/v1/', 'index.docker.io', 'docker.io', 'registry-1.docker.io'];

/** docker's config.json: a helper of the host, else `auths`, else the helper of all. */
function registryLogin(config: Fields, host: string, environment: Environment): Login | undefined {
  const names = dockerHub.includes(host)
    ? dockerHub
    : [host, `https://${host}`, `https://${host}/v1/`, `https://${host}/v2/`];
  for (const name of names) {
    const helper = objectOf(config.credHelpers)[name];
    if (typeof helper === 'string') return askHelper(helper, name, environment);
  }
  for (const name of names) {
    const login = authLogin(objectOf(objectOf(config.auths)[name]));
    if (login !== undefined) return login;
  }
  return typeof config.credsStore === 'string'
    ? askHelper(config.credsStore, names[0] ?? host, environment)
    : undefined;
}

function authLogin({ auth, username, password }: Fields): Login | undefined {
  if (typeof username === 'string' && typeof password === 'string') return { username, password };
  if (typeof auth !== 'string') return undefined;
  const [, name = '', secret = ''] = /^([^:]*):([\s\S]*)$/.exec(Buffer.from(auth, 'base64').toString('utf8')) ?? [];
  return secret === '' ? undefined : { username: name, password: secret.replace(/\0+$/, '') };
}

/** `docker-credential-<name> get` (docker/docker-credential-helpers): the server on stdin, JSON on stdout. */
function askHelper(name: string, server: string, environment: Environment): Login | undefined {
  if (!/^[A-Za-z0-9][A-Za-z0-9_.-]*$/.test(name)) return undefined;
  try {
    const output = execFileSync(`docker-credential-${name}`, ['get'], {
      input: server,
      env: environment as NodeJS.ProcessEnv,
      timeout: 30_000,
      maxBuffer: 1024 * 1024,
      stdio: ['pipe', 'pipe', 'ignore'],
      encoding: 'utf8',
    });
    const { Username, Secret } = objectOf(parseJson(output));
    // `<token>` says that the secret is an identity token.
    if (typeof Username !== 'string' || typeof Secret !== 'string' || Username === '<token>') return undefined;
    return { username: Username, password: Secret };
  } catch {
    return undefined;
  }
}

/** Logins of a .netrc by machine, that of `default` left out: it would go to any host a manifest names. */
function netrcLogins(text: string): ReadonlyMap<string, Login> {
  const found = new Map<string, { username: string; password: string }>();
  let current: { username: string; password: string } | undefined;
  for (const [word, said] of netrcWords(text)) {
    if (word === 'default') current = undefined;
    else if (word === 'machine') {
      current = { username: '', password: '' };
      if (!found.has(said)) found.set(said, current);
    } else if (current !== undefined) current[word === 'login' ? 'username' : 'password'] = said;
  }
  return new Map([...found].filter(([, { password }]) => password !== ''));
}

/** The words that a .netrc knows, each with the one behind it; "" behind `default`, which takes none. */
function* netrcWords(text: string): Generator<readonly [word: string, said: string]> {
  const lines = text.split('\n').filter((line) => !line.trimStart().startsWith('#'));
  const words = lines.join(' ').split(/\s+/).values();
  for (const word of words) {
    if (word === 'default') yield [word, ''];
    else if (['machine', 'login', 'password'].includes(word)) yield [word, words.next().value ?? ''];
  }
}

type Fields = Readonly<Record<string, unknown>>;

function objectOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function parseYaml(text: string): unknown {
  try {
    return text === '' ? undefined : load(text, { schema: FAILSAFE_SCHEMA });
  } catch {
    return undefined;
  }
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
