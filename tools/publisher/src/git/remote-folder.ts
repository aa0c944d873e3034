import { recordPath } from '@fluxwright/compiler';
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
  /** A folder above or below that has a record of its own: some other cluster's, with this one in it or it in this one. */
  readonly overlaps?: string;
}

const nothing: RemoteFolder = { entries: new Map() };

/** Reads what a commit holds below a path; nothing for no commit. */
export async function readRemoteFolder(git: Git, commit: string | undefined, path: string): Promise<RemoteFolder> {
  if (commit === undefined) return nothing;
  const above = foldersAbove(path);
  const records = [recordPath, ...above.map((each) => `${each}/${recordPath}`)];
  const asked = ['ls-tree', '-r', '-t', '-z', '--full-tree', commit, '--', path, ...records];
  const listed = parseListing(await git(asked));
  const own = listed.find((each) => each.path === path);
  const around = listed.find((each) => records.includes(each.path))?.path;
  const outer = around === undefined ? {} : { overlaps: folderOf(around) };
  if (own === undefined) return { ...(await parentInTheWay(git, commit, above)), ...outer };
  if (own.type !== 'tree') return { ...nothing, inTheWay: path };
  const below = listed.filter((each) => each.type !== 'tree' && each.path.startsWith(`${path}/`));
  const entries = new Map(below.map(({ path: full, mode, id }) => [full.slice(path.length + 1), { mode, id }]));
  const inner = [...entries.keys()].find((each) => each.endsWith(`/${recordPath}`));
  return { id: own.id, entries, ...(inner !== undefined && { overlaps: `${path}/${folderOf(inner)}` }), ...outer };
}

function foldersAbove(path: string): readonly string[] {
  const parts = path.split('/').slice(0, -1);
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}

/** The folder of a file; `.` for one at the root. */
function folderOf(file: string): string {
  return file.split('/').slice(0, -1).join('/') || '.';
}

async function parentInTheWay(git: Git, commit: string, parents: readonly string[]): Promise<RemoteFolder> {
  if (parents.length === 0) return nothing;
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
