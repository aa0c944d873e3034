import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from './free-port.ts';
import { type GiteaClient, type GiteaPlace, giteaClient, makeToken, password } from './gitea-client.ts';

/** The scripts that build Gitea from its Go module; beside the workspace here and in CI. */
const scripts = resolve(import.meta.dirname, '../../../../shared/e2e');
const cache = process.env.E2E_CACHE ?? '/tmp/e2e';

/** True where Gitea is built, or can be. */
export function giteaAvailable(): boolean {
  return existsSync(join(cache, 'bin/gitea')) || existsSync(join(scripts, 'build.sh'));
}

/** A real Gitea on loopback, with its own data. */
export interface GiteaServer extends GiteaPlace, GiteaClient {
  readonly stop: () => Promise<void>;
}

/**
 * Builds Gitea where it is not (about three minutes, once) and starts it with an empty database. `rootUrl` is the address it
 * gives of itself, where something stands before it; `more` are further settings.
 */
export async function startGitea({
  rootUrl,
  more = '',
}: {
  readonly rootUrl?: string;
  readonly more?: string;
} = {}): Promise<GiteaServer> {
  if (!['bin/gitea', 'gitea-static'].every((each) => existsSync(join(cache, each))))
    execFileSync('bash', [join(scripts, 'build.sh'), 'gitea'], { stdio: 'inherit' });
  const folder = mkdtempSync(join(tmpdir(), 'fluxwright-gitea-'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const config = join(folder, 'app.ini');
  writeFileSync(config, settings(folder, port, rootUrl ?? `http://127.0.0.1:${port}/`) + more);
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
  const admin = await makeToken(url, 'root1', ['all']);
  return {
    ...giteaClient({ url, folder, admin }),
    folder,
    stop: async () => {
      child.kill();
      await new Promise((done) => (child.exitCode === null ? child.on('exit', done) : done(undefined)));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

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

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
}
