import type { ClusterPlan } from './diff/cluster-plan.ts';
import { diffTrees } from './diff/diff-trees.ts';
import type { FileSet } from './diff/file-set.ts';
import type { Danger } from './diff/tree-diff.ts';
import { folderChanges } from './git/folder-changes.ts';
import { readRemoteFolder } from './git/remote-folder.ts';
import type { RemoteSession } from './git/remote-session.ts';
import type { PreparedCluster } from './prepare-clusters.ts';

/** A tip of the branch that is already fetched, and what a planner of deletions says. */
export interface DiffClusterOptions {
  readonly tip?: string;
  readonly dangers?: readonly Danger[];
}

/**
 * Compares a proved tree with its branch. Contents of files are fetched for those that differ only. Throws a GitFailure
 * where git or the server fails; a branch that does not exist is an empty one.
 */
export async function diffCluster(
  session: RemoteSession,
  { cluster, target, tree }: Omit<PreparedCluster, 'warnings'>,
  options: DiffClusterOptions = {},
): Promise<ClusterPlan> {
  const tip = options.tip ?? (await session.fetch([target.branch])).get(target.branch);
  const folder = await readRemoteFolder(session.git, tip, target.path);
  const changes = folderChanges(tree, folder);
  const differing = [...changes.write, ...changes.remove];
  const known = differing.flatMap((path) => {
    const entry = folder.entries.get(path);
    // A submodule is a commit elsewhere: it has no content here.
    return entry === undefined || entry.mode === '160000' ? [] : [{ path, id: entry.id }];
  });
  const contents = await session.contents(known.map(({ id }) => id));
  const unchanged = tree.paths.filter((path) => !changes.write.includes(path));
  const diff = diffTrees({
    cluster,
    base: target.path,
    before: new Map(known.map(({ path, id }) => [path, contents.get(id) ?? Buffer.alloc(0)])),
    after: readAll(tree.read, changes.write),
    context: readAll(
      tree.read,
      unchanged.filter((path) => path.endsWith('.yaml') && /^(kustomizations|flux-system)\//.test(path)),
    ),
    ...(options.dangers && { dangers: options.dangers }),
  });
  const base =
    tip === undefined ? {} : { base: { commit: tip, ...(folder.id !== undefined && { folder: folder.id }) } };
  return { cluster, target, ...base, input: tree.input, diff };
}

function readAll(read: (path: string) => Buffer, paths: readonly string[]): FileSet {
  return new Map(paths.map((path) => [path, read(path)]));
}
