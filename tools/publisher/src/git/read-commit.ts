import type { Git } from './run-git.ts';

/** What a commit says of itself. */
export interface CommitFacts {
  readonly tree: string;
  readonly parents: readonly string[];
  /** `Name <address>`. */
  readonly author: string;
  readonly message: string;
}

/** Reads a commit as it is stored: what is cut off the history of the scratch repository is told, too. */
export async function readCommit(git: Git, id: string): Promise<CommitFacts> {
  const text = await git(['cat-file', 'commit', id]);
  const end = text.indexOf('\n\n');
  const lines = text.slice(0, end).split('\n');
  const valuesOf = (key: string): readonly string[] =>
    lines.filter((line) => line.startsWith(`${key} `)).map((line) => line.slice(key.length + 1));
  return {
    tree: valuesOf('tree')[0] ?? '',
    parents: valuesOf('parent'),
    author: (valuesOf('author')[0] ?? '').replace(/ \d+ [+-]\d{4}$/, ''),
    message: text.slice(end + 2),
  };
}
