import type { OutputFile } from '@fluxwright/compiler';
import { loadCompiler } from './load-compiler.ts';

interface Revision {
  readonly root: string;
  readonly cluster: string;
  /** A git revision. */
  readonly from: string;
}

/** The tree of a cluster at a revision; undefined, with a line on stderr, where git has none. */
export async function treeFrom({ root, cluster, from }: Revision): Promise<readonly OutputFile[] | undefined> {
  const { treeAtRevision, UnknownRevision } = await loadCompiler();
  try {
    return treeAtRevision({ root, cluster, revision: from });
  } catch (error) {
    if (!(error instanceof UnknownRevision)) throw error;
    process.stderr.write(`error: ${error.message}\n`);
    return undefined;
  }
}
