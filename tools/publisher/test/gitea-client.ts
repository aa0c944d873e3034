import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** Where a Gitea runs: plain data, so that one can be handed to several test files. */
export interface GiteaPlace {
  readonly url: string;
  /** Its data. */
  readonly folder: string;
  readonly admin: GiteaUser;
}

/** A real Gitea on loopback. */
export interface GiteaClient {
  readonly url: string;
  /** An administrator. */
  readonly admin: GiteaUser;
  /** Makes a user with a token of these scopes. */
  readonly user: (name: string, scopes?: readonly string[]) => Promise<GiteaUser>;
  /** Asks the API as a user, the administrator by default; throws for an answer of 400 or more. */
  readonly api: <T = unknown>(method: string, path: string, body?: unknown, as?: GiteaUser) => Promise<T>;
  /** Makes a repository of the administrator; returns its clone URL. */
  readonly repository: (name: string, options?: Readonly<Record<string, unknown>>) => Promise<string>;
  /** Merges a pull request of the administrator's repository in a style; throws where Gitea does not within a minute. */
  readonly merge: (name: string, number: number, style?: string, as?: GiteaUser) => Promise<void>;
  /** Path of the bare repository on the disk. */
  readonly bare: (name: string) => string;
}

export interface GiteaUser {
  readonly name: string;
  readonly token: string;
}

/** The password of every user of a test's Gitea. */
export const password = 'only-for-tests-1';

/** What tests ask of a running Gitea. Names of users and repositories must be new: files share it. */
export function giteaClient({ url, folder, admin }: GiteaPlace): GiteaClient {
  const api: GiteaClient['api'] = (method, path, body, as = admin) =>
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
      return makeToken(url, name, scopes);
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
          if (tries === 240) throw error;
          await pause(250);
        }
      }
    },
    bare: (name) => join(folder, 'data/gitea-repositories', admin.name, `${name}.git`),
  };
}

/** Makes a token of a user. */
export async function makeToken(url: string, name: string, scopes: readonly string[]): Promise<GiteaUser> {
  const basic = Buffer.from(`${name}:${password}`).toString('base64');
  const made = await ask<{ sha1: string }>(`${url}/api/v1/users/${name}/tokens`, {
    method: 'POST',
    authorization: `Basic ${basic}`,
    body: { name: `test-${scopes.length}`, scopes },
  });
  return { name, token: made.sha1 };
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
