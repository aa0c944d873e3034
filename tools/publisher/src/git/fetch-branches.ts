import { type Git, isGitFailure } from './run-git.ts';
import type { ScratchRepository } from './scratch-repository.ts';
import { readTip, refOf } from './tracked-tips.ts';

/** Names of all branches of the remote repository. */
export async function listBranches(git: Git): Promise<readonly string[]> {
  return [...(await heads(git, ['refs/heads/*'])).keys()].sort();
}

/** Brings commits and trees of branches, and returns those that are there. Throws a GitFailure. */
export function fetchBranches(scratch: ScratchRepository, wanted: readonly string[]): Promise<readonly string[]> {
  return scratch.withHash(() => {
    const isKnown = wanted.some((branch) => readTip(scratch.folder, branch) !== undefined);
    return isKnown ? fetchMoved(scratch, wanted) : fetchAll(scratch, wanted);
  });
}

/** Without knowing anything yet, fetching right away is one handshake less. */
async function fetchAll({ git }: ScratchRepository, wanted: readonly string[]): Promise<readonly string[]> {
  try {
    await fetchRefs(git, wanted);
    return wanted;
  } catch (error) {
    if (!isGitFailure(error) || error.kind !== 'no-such-branch') throw error;
    const existing = await listBranches(git);
    const found = wanted.filter((branch) => existing.includes(branch));
    if (found.length > 0) await fetchRefs(git, found);
    return found;
  }
}

/** Asks first: mostly the tips are those of the last time, or of our own push. */
async function fetchMoved({ git, folder }: ScratchRepository, wanted: readonly string[]): Promise<readonly string[]> {
  const tips = await heads(
    git,
    wanted.map((branch) => `refs/heads/${branch}`),
  );
  const found = wanted.filter((branch) => tips.has(branch));
  const moved = found.filter((branch) => readTip(folder, branch) !== tips.get(branch));
  if (moved.length > 0) await fetchRefs(git, moved);
  return found;
}

async function fetchRefs(git: Git, wanted: readonly string[]): Promise<void> {
  const specs = wanted.map((branch) => `+refs/heads/${branch}:${refOf(branch)}`);
  const args = ['fetch', '--no-tags', '--no-write-fetch-head', '--depth=1', '--filter=blob:none', '--progress'];
  await git([...args, 'origin', ...specs]);
}

/** Commits of branches, by name: the lines `<id><TAB>refs/heads/<branch>` of git-ls-remote(1). */
async function heads(git: Git, patterns: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const listed = await git(['ls-remote', 'origin', ...patterns]);
  const lines = listed.split('\n').flatMap((line): [string, string][] => {
    const [, id = '', branch = ''] = /^([0-9a-f]+)\trefs\/heads\/(.+)$/.exec(line) ?? [];
    return id === '' ? [] : [[branch, id]];
  });
  return new Map(lines);
}
