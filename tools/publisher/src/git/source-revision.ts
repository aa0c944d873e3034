import type { Environment } from './credential.ts';
import { gitEnvironment } from './git-environment.ts';
import { isGitFailure, makeGit } from './run-git.ts';

/**
 * The revision of a workspace: its commit, with `-dirty` where files differ from it; undefined outside of git or before
 * the first commit. What lies in generated/ does not count: it follows from the rest. Works in a shallow clone.
 */
export async function sourceRevision(root: string, environment: Environment): Promise<string | undefined> {
  const git = makeGit({ folder: root, environment: gitEnvironment(environment), silence: 60_000 });
  try {
    const commit = (await git(['rev-parse', '--verify', 'HEAD^{commit}'])).trim();
    const changes = await git(['status', '--porcelain', '--untracked-files=normal', '--', '.', ':(exclude)generated']);
    return changes.trim() === '' ? commit : `${commit}-dirty`;
  } catch (error) {
    if (isGitFailure(error)) return undefined;
    throw error;
  }
}
