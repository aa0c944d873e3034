import { eachRepository } from '../src/each-repository.ts';
import type { PullRequestOptions } from '../src/examine-proposal.ts';
import { type Forge, openForge } from '../src/gitea/forge.ts';
import { failedOutcome, type PublishOutcome } from '../src/publish-outcome.ts';
import { publishPullRequest } from '../src/publish-pull-request.ts';
import type { GiteaUser } from './gitea-client.ts';
import type { Files } from './publish-once.ts';
import { sampleTree } from './sample-tree.ts';

export interface RequestOnce extends Partial<PullRequestOptions> {
  readonly cluster?: string;
  readonly user: GiteaUser;
  readonly caFile?: string;
  /** Changes the client before it is used. */
  readonly withForge?: (forge: Forge) => Forge;
}

/** Publishes files as the tree of a cluster by pull request, the way a run of the command does. */
export async function requestOnce(
  url: string,
  files: Files,
  { cluster = 'one', user, caFile, withForge = (forge) => forge, ...options }: RequestOnce,
): Promise<PublishOutcome> {
  const tree = sampleTree(cluster, files);
  const trust = caFile === undefined ? {} : { caFile };
  const target = { url, branch: 'main', path: `clusters/${cluster}` };
  const [outcome] = await eachRepository([{ cluster, target }], {
    environment: { ...process.env, FLUXWRIGHT_GIT_TOKEN: user.token },
    idleSeconds: 30,
    ...trust,
    work: (session) =>
      publishPullRequest(session, withForge(openForge({ url, credential: session.credential, ...trust })), {
        labels: ['gitops'],
        reviewers: [],
        warnings: 2,
        ...options,
        tree: tree.proved,
        target,
      }),
    failed: (_, diagnostics) => failedOutcome(cluster, target, diagnostics),
  });
  tree.remove();
  return outcome as PublishOutcome;
}
