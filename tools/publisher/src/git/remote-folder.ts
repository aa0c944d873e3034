import type { Git } from './run-git.ts';

/** An entry of a git tree that is no tree itself. */
export interface RemoteEntry {
  /** `100644` for a plain file. */
  readonly mode: string;
  readonly id: string;
}

/** A cluster's folder in a commit. */
export interface RemoteFolder {
  /** Git's id of the folder; absent where it does not exist. */
  readonly id?: string;
  /** What it holds, by path from the folder. */
  readonly entries: ReadonlyMap<string, RemoteEntry>;
  /** A file or link in the place of the folder or of one above it. */
  readonly inTheWay?: string;
}

const nothing: RemoteFolder = { entries: new Map() };

/** Reads what a commit holds below a path; nothing for no commit. */
export async function readRemoteFolder(git: Git, commit: string | undefined, path: string): Promise<RemoteFolder> {
  if (commit === undefined) return nothing;
  const listed = parseListing(await git(['ls-tree', '-r', '-t', '-z', '--full-tree', commit, '--', path]));
  const own = listed.find((each) => each.path === path);
  if (own === undefined) return parentInTheWay(git, commit, path);
  if (own.type !== 'tree') return { ...nothing, inTheWay: path };
  const below = listed.filter((each) => each.type !== 'tree' && each.path.startsWith(`${path}/`));
  const entries = new Map(below.map(({ path: full, mode, id }) => [full.slice(path.length + 1), { mode, id }]));
  return { id: own.id, entries };
}

async function parentInTheWay(git: Git, commit: string, path: string): Promise<RemoteFolder> {
  const parts = path.split('/').slice(0, -1);
  if (parts.length === 0) return nothing;
  const parents = parts.map((_, index) => parts.slice(0, index + 1).join('/'));
  const listed = parseListing(await git(['ls-tree', '-z', '--full-tree', commit, '--', ...parents]));
  const inTheWay = listed.find(({ type }) => type !== 'tree')?.path;
  return inTheWay === undefined ? nothing : { ...nothing, inTheWay };
}

interface Listed extends RemoteEntry {
  readonly type: string;
  readonly path: string;
}

/** `<mode> SP <type> SP <id> TAB <path> NUL`: git-ls-tree(1), with -z no path is quoted. */
function parseListing(text: string): readonly Listed[] {
  return text
    .split('\0')
    .filter((line) => line !== '')
    .map((line) => {
      const tab = line.indexOf('\t');
      const [mode = '', type = '', id = ''] = line.slice(0, tab).split(' ');
      return { mode, type, id, path: line.slice(tab + 1) };
    });
}
