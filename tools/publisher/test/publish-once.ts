import type { Diagnostic } from '@fluxwright/diagnostics';
import { eachRepository } from '../src/each-repository.ts';
import type { ConnectOptions } from '../src/git/scratch-repository.ts';
import { failedOutcome, type PublishOutcome } from '../src/publish-outcome.ts';
import { type PublishTreeOptions, publishTree } from '../src/publish-tree.ts';
import { user } from './git-server.ts';
import { type SampleRecord, sampleTree } from './sample-tree.ts';

export type Files = Readonly<Record<string, string>>;

export interface Once extends Partial<Omit<PublishTreeOptions, 'tree' | 'target'>> {
  readonly cluster?: string;
  readonly branch?: string;
  readonly path?: string;
  readonly connect?: Partial<ConnectOptions>;
  readonly record?: SampleRecord;
  readonly cacheFolder?: string;
}

/** The environment of a publisher: the test's own, with a token. */
export const environment = { ...process.env, FLUXWRIGHT_GIT_TOKEN: user.token };

/** Publishes files as the tree of a cluster, the way a run of the command does. */
export async function publishOnce(url: string, files: Files, options: Once = {}): Promise<PublishOutcome> {
  const {
    cluster = 'one',
    branch = 'main',
    path = `clusters/${cluster}`,
    connect,
    record,
    cacheFolder,
    ...rest
  } = options;
  const tree = sampleTree(cluster, files, record);
  const target = { url, branch, path };
  const memory = {};
  try {
    const [outcome] = await eachRepository([{ cluster, target }], {
      environment,
      idleSeconds: 5,
      ...connect,
      ...(cacheFolder !== undefined && { cacheFolder }),
      work: (session) => publishTree(session, { memory, ...rest, tree: tree.proved, target }),
      failed: (_, diagnostics: readonly Diagnostic[]) => failedOutcome(cluster, target, diagnostics),
    });
    if (outcome === undefined) throw new Error('no outcome');
    return outcome;
  } finally {
    tree.remove();
  }
}

/** Codes of the findings of an outcome. */
export function codes({ diagnostics }: PublishOutcome): readonly string[] {
  return diagnostics.map(({ code }) => code);
}
