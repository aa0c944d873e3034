import type { ObjectFormat } from '../tree/blob-id.ts';
import type { ProvedTree } from '../tree/proved-tree.ts';
import { type CommitSettings, readCommitSettings } from './commit-settings.ts';
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
export async function writeCommit(
  git: Git,
  input: CommitInput,
  settings: Promise<CommitSettings> = readCommitSettings(git),
): Promise<string> {
  const { parents, base, message } = input;
  const { identity, sign, ...by } = await settings;
  const imported = await git(['fast-import', '--quiet', '--done'], importStream(input, by));
  // The commit of the import is the one that is wanted, unless git has to sign it or its parents are others.
  const isWhole = !sign && parents.length <= 1 && parents[0] === base;
  const [, root = '', commit = ''] = /^040000 tree ([0-9a-f]{40,64})\t.*\n([0-9a-f]{40,64})\n/.exec(imported) ?? [];
  if (commit === '') throw new Error('git fast-import has told no tree');
  if (isWhole) return commit;
  const options = [...(sign ? ['-S'] : []), ...parents.flatMap((parent) => ['-p', parent])];
  return (await git([...identity, 'commit-tree', ...options, '-F', '-', root], message)).trim();
}

/** The stream of git-fast-import(1): a commit whose tree and id the last commands print. */
function importStream(
  { tree, path, changes, base, message, format }: CommitInput,
  { author, committer }: Pick<CommitSettings, 'author' | 'committer'>,
): Buffer {
  const head = `commit refs/fluxwright/tree\nmark :1\nauthor ${author}\ncommitter ${committer}\n`;
  const parts: (string | Buffer)[] = [
    `${head}data ${Buffer.byteLength(message)}\n${message}\n`,
    ...(base === undefined ? [] : [`from ${base}\n`]),
    ...changes.remove.map((each) => `D ${quotePath(`${path}/${each}`)}\n`),
    ...changes.write.flatMap((each) => {
      const bytes = tree.read(each);
      return [`M 100644 inline ${quotePath(`${path}/${each}`)}\ndata ${bytes.length}\n`, bytes, '\n'];
    }),
    // The id of nothing deletes the ref.
    `\nls :1 ""\nget-mark :1\nreset refs/fluxwright/tree\nfrom ${'0'.repeat(format === 'sha256' ? 64 : 40)}\n\ndone\n`,
  ];
  return Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : part)));
}

/** A path in the quotes of git-fast-import(1), which take any byte. */
function quotePath(path: string): string {
  return `"${path.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`;
}
