import { keptContent } from './content-store.ts';
import { isGitFailure } from './run-git.ts';
import type { ScratchRepository } from './scratch-repository.ts';

/**
 * Contents of files, by id; what is not here yet comes in one fetch. `branches`: what was fetched so far, for servers that give
 * nothing smaller. Throws a GitFailure.
 */
export async function fetchContents(
  scratch: ScratchRepository,
  ids: readonly string[],
  branches: readonly string[],
): Promise<ReadonlyMap<string, Buffer>> {
  const kept = new Map([...new Set(ids)].map((id) => [id, keptContent(scratch.folder, id)]));
  const known = new Map([...kept].flatMap(([id, bytes]) => (bytes === undefined ? [] : [[id, bytes] as const])));
  const missing = [...kept.keys()].filter((id) => !known.has(id));
  if (missing.length === 0) return known;
  const list = `${missing.join('\n')}\n`;
  await fetchObjects(scratch, list, branches);
  return new Map([...known, ...readBatch(await scratch.git.catFile(['--batch'], list))]);
}

async function fetchObjects({ git }: ScratchRepository, list: string, branches: readonly string[]): Promise<void> {
  // Told of a commit we have, the server would take its contents for ours, too, and leave them out.
  const quiet = ['-c', 'fetch.negotiationAlgorithm=noop', 'fetch', '--no-tags', '--no-write-fetch-head'];
  try {
    await git([...quiet, '--no-filter', '--progress', '--stdin', 'origin'], list);
  } catch (error) {
    if (!isGitFailure(error) || error.kind !== 'object-not-offered') throw error;
    // A server of protocol 0, as behind a plain sshd, gives whole branches only.
    const refs = branches.map((branch) => `refs/heads/${branch}`);
    await git([...quiet, '--no-filter', '--refetch', '--depth=1', '--progress', 'origin', ...refs]);
  }
}

/** `<id> SP <type> SP <size> LF <contents> LF`, repeated: git-cat-file(1), BATCH OUTPUT. */
function readBatch(output: Buffer): ReadonlyMap<string, Buffer> {
  const found = new Map<string, Buffer>();
  let at = 0;
  while (at < output.length) {
    const end = output.indexOf(10, at);
    const [id = '', , size = ''] = output.subarray(at, end).toString('latin1').split(' ');
    if (size === '') throw new Error(`git has no object ${id}`);
    const from = end + 1;
    found.set(id, output.subarray(from, from + Number(size)));
    at = from + Number(size) + 1;
  }
  return found;
}
