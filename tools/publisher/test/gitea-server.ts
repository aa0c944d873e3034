import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from './free-port.ts';

/** The scripts that build Gitea from its Go module; beside the workspace here and in CI. */
const scripts = resolve(import.meta.dirname, '../../../../shared/e2e');
const cache = process.env.E2E_CACHE ?? '/tmp/e2e';

/** True where Gitea is built, or can be. */
export function giteaAvailable(): boolean {
  return existsSync(join(cache, 'bin/gitea')) || existsSync(join(scripts, 'build.sh'));
}

/** A real Gitea on loopback, with its own data. */
export interface GiteaServer {
  readonly url: string;
  /** An administrator. */
  readonly admin: GiteaUser;
  /** Makes a user with a token of these scopes. */
  readonly user: (name: string, scopes?: readonly string[]) => Promise<GiteaUser>;
  /** Asks the API as a user, the administrator by default; throws for an answer of 400 or more. */
  readonly api: <T = unknown>(method: string, path: string, body?: unknown, as?: GiteaUser) => Promise<T>;
  /** Makes a repository of the administrator; returns its clone URL. */
  readonly repository: (name: string, options?: Readonly<Record<string, unknown>>) => Promise<string>;
  /** Merges a pull request of the administrator's repository in a style; throws where Gitea does not, within ten seconds. */
  readonly merge: (name: string, number: number, style?: string, as?: GiteaUser) => Promise<void>;
  /** Path of the bare repository on the disk. */
  readonly bare: (name: string) => string;
  readonly stop: () => Promise<void>;
}

export interface GiteaUser {
  readonly name: string;
  readonly token: string;
}

/**
 * Builds Gitea where it is not (about three minutes, once) and starts it with an empty database. `rootUrl` is the address it
 * gives of itself, where something stands before it.
 */
export async function startGitea({ rootUrl }: { readonly rootUrl?: string } = {}): Promise<GiteaServer> {
  if (!['bin/gitea', 'gitea-static'].every((each) => existsSync(join(cache, each))))
    execFileSync('bash', [join(scripts, 'build.sh'), 'gitea'], { stdio: 'inherit' });
  const folder = mkdtempSync(join(tmpdir(), 'fluxwright-gitea-'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const config = join(folder, 'app.ini');
  writeFileSync(config, settings(folder, port, rootUrl ?? `http://127.0.0.1:${port}/`));
  mkdirSync(join(folder, 'home'));
  const env = {
    PATH: process.env.PATH,
    HOME: join(folder, 'home'),
    GIT_CONFIG_NOSYSTEM: '1',
    GITEA_I_AM_BEING_UNSAFE_RUNNING_AS_ROOT: 'true',
  };
  const binary = join(cache, 'bin/gitea');
  const base = ['--work-path', folder, '--config', config];
  const gitea = (...args: readonly string[]): void => {
    execFileSync(binary, [...base, ...args], { env, stdio: 'pipe' });
  };
  gitea('migrate');
  gitea(
    'admin',
    'user',
    'create',
    '--admin',
    '--username',
    'root1',
    '--password',
    password,
    '--email',
    'root1@example.invalid',
    '--must-change-password=false',
  );
  const child = spawn(binary, [...base, 'web'], { env, stdio: 'ignore' });
  for (let tries = 0; !(await answers(`${url}/api/healthz`)); tries += 1) {
    if (tries > 600 || child.exitCode !== null) throw new Error('Gitea does not start');
    await pause(100);
  }
  const token = async (name: string, scopes: readonly string[]): Promise<GiteaUser> => {
    const basic = Buffer.from(`${name}:${password}`).toString('base64');
    const made = await ask<{ sha1: string }>(`${url}/api/v1/users/${name}/tokens`, {
      method: 'POST',
      authorization: `Basic ${basic}`,
      body: { name: `test-${scopes.length}`, scopes },
    });
    return { name, token: made.sha1 };
  };
  const admin = await token('root1', ['all']);
  const api: GiteaServer['api'] = (method, path, body, as = admin) =>
    ask(`${url}/api/v1${path}`, { method, authorization: `token ${as.token}`, body });
  return {
    url,
    admin,
    api,
    user: async (name, scopes = ['all']) => {
      await api('POST', '/admin/users', {
        username: name,
        password,
        email: `${name}@example.invalid`,
        must_change_password: false,
      });
      return token(name, scopes);
    },
    repository: async (name, options = {}) => {
      await api('POST', '/user/repos', { name, private: true, default_branch: 'main', ...options });
      return `${url}/${admin.name}/${name}.git`;
    },
    merge: async (name, number, style = 'merge', as = admin) => {
      // Gitea looks whether a merge is possible in the background.
      for (let tries = 0; ; tries += 1) {
        try {
          await api('POST', `/repos/${admin.name}/${name}/pulls/${number}/merge`, { Do: style }, as);
          return;
        } catch (error) {
          if (tries === 40) throw error;
          await pause(250);
        }
      }
    },
    bare: (name) => join(folder, 'data/gitea-repositories', admin.name, `${name}.git`),
    stop: async () => {
      child.kill();
      await new Promise((done) => (child.exitCode === null ? child.on('exit', done) : done(undefined)));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const password = 'only-for-tests-1';

function settings(folder: string, port: number, rootUrl: string): string {
  return `RUN_USER = ${userInfo().username}
RUN_MODE = prod
WORK_PATH = ${folder}
[server]
HTTP_ADDR = 127.0.0.1
HTTP_PORT = ${port}
ROOT_URL = ${rootUrl}
STATIC_ROOT_PATH = ${join(cache, 'gitea-static')}
DISABLE_SSH = true
OFFLINE_MODE = true
LFS_START_SERVER = false
[database]
DB_TYPE = sqlite3
PATH = ${join(folder, 'gitea.db')}
SQLITE_JOURNAL_MODE = WAL
[security]
INSTALL_LOCK = true
SECRET_KEY = tests-only
PASSWORD_HASH_ALGO = pbkdf2_v1
[oauth2]
ENABLED = false
[service]
DISABLE_REGISTRATION = true
[repository]
ROOT = ${join(folder, 'data/gitea-repositories')}
DEFAULT_BRANCH = main
[indexer]
ISSUE_INDEXER_TYPE = db
[actions]
ENABLED = false
[cron.update_checker]
ENABLED = false
[log]
MODE = file
LEVEL = Warn
ROOT_PATH = ${join(folder, 'log')}
`;
}

async function ask<T>(url: string, request: { method: string; authorization: string; body?: unknown }): Promise<T> {
  const response = await fetch(url, {
    method: request.method,
    headers: { authorization: request.authorization, 'content-type': 'application/json' },
    ...(request.body !== undefined && { body: JSON.stringify(request.body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${request.method} ${url}: ${response.status} ${text}`);
  return (text === '' ? undefined : JSON.parse(text)) as T;
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
}
