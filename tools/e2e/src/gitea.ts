import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { run } from './run.ts';
import type { Stack } from './stack.ts';

/** A file of a repository, by its path in it. */
export type RepositoryFiles = ReadonlyMap<string, string>;

/** The clone URL of a repository of the stack's user. */
export function repositoryUrl(stack: Stack, name: string): string {
  return `${stack.gitea.url}/${stack.gitea.user}/${name}.git`;
}

/** Makes a public repository in Gitea and pushes one commit with these files to `main`, with a tag where one is given. */
export async function pushRepository(stack: Stack, name: string, files: RepositoryFiles, tag?: string): Promise<void> {
  const response = await fetch(`${stack.gitea.url}/api/v1/user/repos`, {
    method: 'POST',
    headers: { authorization: `token ${stack.gitea.token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ name, private: false }),
  });
  if (!response.ok) throw new Error(`Gitea: ${response.status} ${await response.text()}`);
  const work = mkdtempSync(join(tmpdir(), 'fluxwright-e2e-'));
  try {
    for (const [path, text] of files) {
      mkdirSync(dirname(join(work, path)), { recursive: true });
      writeFileSync(join(work, path), text);
    }
    const header = `http.extraHeader=Authorization: token ${stack.gitea.token}`;
    const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1', GIT_TERMINAL_PROMPT: '0' };
    const git = (...args: string[]): Promise<string> =>
      run('git', ['-c', 'user.name=e2e', '-c', 'user.email=e2e@example.invalid', '-c', header, ...args], {
        cwd: work,
        env,
      });
    await git('init', '--quiet', '--initial-branch=main');
    await git('add', '--all');
    await git('commit', '--quiet', '--message=tree');
    if (tag !== undefined) await git('tag', tag);
    await git('push', '--quiet', repositoryUrl(stack, name), 'main', ...(tag === undefined ? [] : [tag]));
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}
