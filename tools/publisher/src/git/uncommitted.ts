import type { Environment } from './credential.ts';
import { gitEnvironment } from './git-environment.ts';
import { isGitFailure, makeGit } from './run-git.ts';

/** Files of a workspace below some paths that differ from its last commit, sorted; none outside of git. */
export async function uncommitted(
  root: string,
  paths: readonly string[],
  environment: Environment,
): Promise<readonly string[]> {
  const git = makeGit({ folder: root, environment: gitEnvironment(environment), silence: 60_000 });
  try {
    const listed = await git([
      'status',
      '--porcelain',
      '-z',
      '--no-renames',
      '--untracked-files=normal',
      '--',
      ...paths,
    ]);
    return listed
      .split('\0')
      .filter((line) => line !== '')
      .map((line) => line.slice(3))
      .sort();
  } catch (error) {
    if (isGitFailure(error)) return [];
    throw error;
  }
}
