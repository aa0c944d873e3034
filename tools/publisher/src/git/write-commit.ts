import type { ObjectFormat } from '../tree/blob-id.ts';
import type { ProvedTree } from '../tree/proved-tree.ts';
import type { FolderChanges } from './folder-changes.ts';
import type { Git } from './run-git.ts';

export interface CommitInput {
  readonly tree: ProvedTree;
  /** Folder in the repository. */
  readonly path: string;
  readonly changes: FolderChanges;
  /** Commit whose other files stay as they are; none in an empty branch. */
  readonly base: string | undefined;
  readonly parents: readonly string[];
  readonly message: string;
  readonly format: ObjectFormat;
}

/**
 * Writes a commit that holds the tree in its folder and everything else of `base`, and returns its id. Only changed
 * contents go through git, unfiltered: no attribute, line-end setting or ignore rule of anybody touches a byte.
 */
export async function writeCommit(git: Git, input: CommitInput): Promise<string> {
  const [imported, settings] = await Promise.all([
    git(['fast-import', '--quiet', '--done'], importStream(input)),
    readSettings(git),
  ]);
  const root = rootTree(imported);
  const parents = input.parents.flatMap((parent) => ['-p', parent]);
  const commit = await git(
    [...settings.identity, 'commit-tree', ...settings.sign, ...parents, '-F', '-', root],
    input.message,
  );
  return commit.trim();
}

/** The stream of git-fast-import(1): a scratch commit for its tree, whose id the last command prints. */
function importStream({ tree, path, changes, base, format }: CommitInput): Buffer {
  const parts: (string | Buffer)[] = [
    'commit refs/fluxwright/tree\nmark :1\ncommitter Fluxwright <> 0 +0000\ndata 0\n',
    ...(base === undefined ? [] : [`from ${base}\n`]),
    ...changes.remove.map((each) => `D ${quotePath(`${path}/${each}`)}\n`),
    ...changes.write.flatMap((each) => {
      const bytes = tree.read(each);
      return [`M 100644 inline ${quotePath(`${path}/${each}`)}\ndata ${bytes.length}\n`, bytes, '\n'];
    }),
    // The id of nothing deletes the ref.
    `\nls :1 ""\nreset refs/fluxwright/tree\nfrom ${'0'.repeat(format === 'sha256' ? 64 : 40)}\n\ndone\n`,
  ];
  return Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : part)));
}

/** A path in the quotes of git-fast-import(1), which take any byte. */
function quotePath(path: string): string {
  return `"${path.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`;
}

function rootTree(output: string): string {
  const id = /^040000 tree ([0-9a-f]{40,64})\t/.exec(output)?.[1];
  if (id === undefined) throw new Error('git fast-import has told no tree');
  return id;
}

interface CommitSettings {
  readonly identity: readonly string[];
  readonly sign: readonly string[];
}

/**
 * Author and signature are git's own settings: user.*, author.*, GIT_AUTHOR_*; commit.gpgSign with gpg.format and
 * user.signingKey. commit-tree does not look at commit.gpgSign by itself (git-commit-tree(1)).
 */
async function readSettings(git: Git): Promise<CommitSettings> {
  const text = await git(['config', '-z', '--get-regexp', '^(user\\.email|commit\\.gpgsign|core\\.bare)$']);
  const settings = new Map(
    text.split('\0').map((line) => {
      const [key = '', value = 'true'] = line.split('\n');
      return [key, value] as const;
    }),
  );
  const hasIdentity = settings.has('user.email') || git.environment.GIT_COMMITTER_EMAIL !== undefined;
  return {
    identity: hasIdentity ? [] : ['-c', 'user.name=Fluxwright', '-c', 'user.email=fluxwright@localhost'],
    sign: /^(true|yes|on|1)$/i.test(settings.get('commit.gpgsign') ?? '') ? ['-S'] : [],
  };
}
