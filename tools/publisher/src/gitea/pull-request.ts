import { setTimeout as pause } from 'node:timers/promises';
import type { PullRequest } from 'gitea-js';
import type { Forge } from './forge.ts';
import { askForge, isStatus } from './forge-failure.ts';

/** What a pull request should be. */
export interface WantedPullRequest {
  readonly head: string;
  readonly base: string;
  readonly title: string;
  readonly body: string;
  /** Names; those the repository does not have are made. */
  readonly labels: readonly string[];
  /** Names of users. */
  readonly reviewers: readonly string[];
}

/** The open pull request between two branches of the repository; undefined where there is none. */
export async function findPullRequest(
  forge: Forge,
  { head, base }: { head: string; base: string },
): Promise<PullRequest | undefined> {
  const limit = 50;
  for (let page = 1; ; page += 1) {
    const { data } = await request(forge, 'list pull requests', () =>
      forge.api.repos.repoListPullRequests(forge.owner, forge.repository, { state: 'open', page, limit }),
    );
    const found = data.find(
      (each) => each.head?.ref === head && each.base?.ref === base && each.head?.repo_id === each.base?.repo_id,
    );
    if (found !== undefined || data.length === 0) return found;
  }
}

/** Opens the pull request or brings the open one up to date; what is right already is not touched. Returns it. */
export async function upsertPullRequest(forge: Forge, wanted: WantedPullRequest): Promise<PullRequest> {
  const { head, base, title, body } = wanted;
  const { owner, repository, api } = forge;
  const open = await findPullRequest(forge, wanted);
  const pull =
    open === undefined
      ? (
          await request(forge, 'open the pull request', () =>
            api.repos.repoCreatePullRequest(owner, repository, { head, base, title, body }),
          )
        ).data
      : open.title === title && open.body === body
        ? open
        : (
            await request(forge, 'update the pull request', () =>
              api.repos.repoEditPullRequest(owner, repository, numberOf(open), { title, body }),
            )
          ).data;
  await addLabels(forge, pull, wanted.labels);
  await askReviewers(forge, pull, wanted.reviewers);
  return pull;
}

/** Closes the open pull request between two branches, with a word why. */
export async function closePullRequest(
  forge: Forge,
  branches: { head: string; base: string },
  why: string,
): Promise<void> {
  const open = await findPullRequest(forge, branches);
  if (open === undefined) return;
  const { owner, repository, api } = forge;
  await request(forge, 'comment on the pull request', () =>
    api.repos.issueCreateComment(owner, repository, numberOf(open), { body: why }),
  );
  await request(forge, 'close the pull request', () =>
    api.repos.repoEditPullRequest(owner, repository, numberOf(open), { state: 'closed' }),
  );
}

/** Says on a commit that its tree was validated; nothing where the commit has that status already. */
export async function setValidated(forge: Forge, commit: string, description: string): Promise<void> {
  const { owner, repository, api } = forge;
  const { data } = await request(forge, 'list commit statuses', () =>
    api.repos.repoListStatuses(owner, repository, commit, { limit: 50 }),
  );
  const latest = data.find((each) => each.context === statusContext);
  if (latest?.status === 'success' && latest.description === description) return;
  await request(forge, 'set the commit status', () =>
    api.repos.repoCreateStatus(owner, repository, commit, { context: statusContext, state: 'success', description }),
  );
}

/** The commit status that says a tree was validated: what a protected branch can require. */
export const statusContext = 'fluxwright/validate';

async function addLabels(forge: Forge, pull: PullRequest, names: readonly string[]): Promise<void> {
  const present = new Set(pull.labels?.map(({ name }) => name));
  const missing = names.filter((name) => !present.has(name));
  if (missing.length === 0) return;
  const { owner, repository, api } = forge;
  const known = new Map<string, number>();
  const limit = 50;
  for (let page = 1; ; page += 1) {
    const { data } = await request(forge, 'list labels', () =>
      api.repos.issueListLabels(owner, repository, { page, limit }),
    );
    for (const { name, id } of data) if (name !== undefined && id !== undefined) known.set(name, id);
    if (data.length === 0) break;
  }
  const labels: number[] = [];
  for (const name of missing) {
    const id =
      known.get(name) ??
      (
        await request(forge, `make the label ${name}`, () =>
          api.repos.issueCreateLabel(owner, repository, { name, color: '#326ce5' }),
        )
      ).data.id;
    if (id !== undefined) labels.push(id);
  }
  await request(forge, 'label the pull request', () =>
    api.repos.issueAddLabel(owner, repository, numberOf(pull), { labels }),
  );
}

async function askReviewers(forge: Forge, pull: PullRequest, names: readonly string[]): Promise<void> {
  const asked = new Set(pull.requested_reviewers?.map(({ login }) => login));
  // Gitea refuses a review of one's own pull request.
  const missing = names.filter((name) => !asked.has(name) && name !== pull.user?.login);
  if (missing.length === 0) return;
  await request(forge, `ask ${missing.join(', ')} for a review`, () =>
    forge.api.repos.repoCreatePullReviewRequests(forge.owner, forge.repository, numberOf(pull), { reviewers: missing }),
  );
}

function numberOf(pull: PullRequest): number {
  if (pull.number === undefined) throw new Error('Gitea gave a pull request without a number');
  return pull.number;
}

/** How long Gitea may take to know of a push: it tells its database in the background. */
const settling = { tries: 40, pause: 250 } as const;

/**
 * A request about a repository that git has just reached. Gitea answers 404 for its pull requests while it still takes the
 * repository for empty, or the branch for absent; so that is asked again for ten seconds.
 */
function request<T>({ server }: Forge, doing: string, work: () => Promise<T>): Promise<T> {
  return askForge({ doing, server }, async () => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await work();
      } catch (error) {
        if (!isStatus(error, 404) || attempt === settling.tries) throw error;
        await pause(settling.pause);
      }
    }
  });
}
