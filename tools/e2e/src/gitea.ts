import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
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
  await inFolder(stack, async (work, git) => {
    await git('init', '--quiet', '--initial-branch=main');
    writeFiles(work, files);
    await git('add', '--all');
    await git('commit', '--quiet', '--message=tree');
    if (tag !== undefined) await git('tag', tag);
    await git('push', '--quiet', repositoryUrl(stack, name), 'main', ...(tag === undefined ? [] : [tag]));
  });
}

/** Pushes a commit to `main` after which the repository holds these files and no others; returns its id. */
export async function pushCommit(stack: Stack, name: string, files: RepositoryFiles): Promise<string> {
  return inFolder(stack, async (work, git) => {
    await git('clone', '--quiet', '--depth=1', repositoryUrl(stack, name), '.');
    for (const entry of readdirSync(work)) if (entry !== '.git') rmSync(join(work, entry), { recursive: true });
    writeFiles(work, files);
    await git('add', '--all');
    await git('commit', '--quiet', '--message=tree');
    await git('push', '--quiet', 'origin', 'main');
    return (await git('rev-parse', 'HEAD')).trim();
  });
}

type Git = (...args: string[]) => Promise<string>;

async function inFolder<T>(stack: Stack, work: (folder: string, git: Git) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'fluxwright-e2e-'));
  try {
    // Not among the arguments: those are printed where git fails.
    const env = {
      ...process.env,
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_TERMINAL_PROMPT: '0',
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: 'http.extraHeader',
      GIT_CONFIG_VALUE_0: `Authorization: token ${stack.gitea.token}`,
    };
    const who = ['-c', 'user.name=e2e', '-c', 'user.email=e2e@example.invalid'];
    return await work(folder, (...args) => run('git', [...who, ...args], { cwd: folder, env }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function writeFiles(folder: string, files: RepositoryFiles): void {
  for (const [path, text] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}
