import { setTimeout as pause } from 'node:timers/promises';
import type { CommitStatus, PullRequest } from 'gitea-js';
import { span } from '../diff/format-plan-markdown.ts';
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

/** The last pull request between two branches that is closed; undefined where there is none. Branches may be gone. */
export async function lastClosed(
  forge: Forge,
  { head, base }: { head: string; base: string },
): Promise<PullRequest | undefined> {
  const limit = 50;
  for (let page = 1; page <= mostPages; page += 1) {
    const { data } = await request(forge, 'list closed pull requests', () =>
      forge.api.repos.repoListPullRequests(forge.owner, forge.repository, {
        state: 'closed',
        sort: 'recentupdate',
        page,
        limit,
      }),
    );
    // The label stays when a branch is deleted; its ref does not.
    const own = data.filter((each) => each.head?.label === head && each.base?.ref === base);
    if (own.length > 0) return own.reduce((a, b) => (numberOf(a) > numberOf(b) ? a : b));
    if (data.length === 0) return undefined;
  }
  return undefined;
}

/** What was closed longer ago than so many pages is not looked for. */
const mostPages = 4;

/** A pull request that is open, and whether it was opened or changed just now. */
export interface UpsertedPullRequest {
  readonly pull: PullRequest;
  readonly isNew: boolean;
}

/** Opens the pull request or brings the open one up to date; what is right already is not touched. */
export async function upsertPullRequest(forge: Forge, wanted: WantedPullRequest): Promise<UpsertedPullRequest> {
  const { head, base, title, body } = wanted;
  const { owner, repository, api } = forge;
  const edit = async (open: PullRequest): Promise<PullRequest> => {
    if (open.title === title && open.body === body) return open;
    const { data } = await request(forge, 'update the pull request', () =>
      api.repos.repoEditPullRequest(owner, repository, numberOf(open), { title, body }),
    );
    return data;
  };
  const open = await findPullRequest(forge, wanted);
  if (open !== undefined) return { pull: await edit(open), isNew: false };
  return request(forge, 'open the pull request', async () => {
    try {
      const { data } = await api.repos.repoCreatePullRequest(owner, repository, { head, base, title, body });
      return { pull: data, isNew: true };
    } catch (error) {
      if (!isStatus(error, 409)) throw error;
      // Somebody, or an earlier run whose answer was lost, has opened it since we looked.
      const found = await findPullRequest(forge, wanted);
      if (found === undefined) throw error;
      return { pull: await edit(found), isNew: false };
    }
  });
}

/** Labels the pull request and asks for reviews; what is there already is not touched. */
export async function decoratePullRequest(
  forge: Forge,
  pull: PullRequest,
  { labels, reviewers }: Pick<WantedPullRequest, 'labels' | 'reviewers'>,
): Promise<void> {
  await addLabels(forge, pull, labels);
  await askReviewers(forge, pull, reviewers);
}

/** Says something in a pull request. */
export async function commentOn(forge: Forge, pull: PullRequest, body: string): Promise<void> {
  await request(forge, 'comment on the pull request', () =>
    forge.api.repos.issueCreateComment(forge.owner, forge.repository, numberOf(pull), { body }),
  );
}

/** How the body of a pull request begins that we closed ourselves, since nothing was left to do. */
const done = 'Nothing is left to do';

/** Closes the open pull request between two branches, since its base holds the tree already, and says so. */
export async function closePullRequest(forge: Forge, branches: { head: string; base: string }): Promise<void> {
  const open = await findPullRequest(forge, branches);
  if (open === undefined) return;
  const why = `${done}: ${span(branches.base)} holds this tree.`;
  await commentOn(forge, open, why);
  await request(forge, 'close the pull request', () =>
    forge.api.repos.repoEditPullRequest(forge.owner, forge.repository, numberOf(open), {
      state: 'closed',
      body: `${why}\n\n${open.body ?? ''}`,
    }),
  );
}

/** True for a closed pull request that a person turned down: neither merged nor closed by ourselves. */
export function isTurnedDown(closed: PullRequest): boolean {
  return closed.merged !== true && !closed.body?.startsWith(done);
}

/** The commits of a pull request, the last first; so many as fit a page. */
export async function commitsOf(
  forge: Forge,
  pull: PullRequest,
): Promise<readonly { readonly id: string; readonly author: string; readonly message: string }[]> {
  const { data } = await request(forge, 'list the commits of the pull request', () =>
    forge.api.repos.repoGetPullRequestCommits(forge.owner, forge.repository, numberOf(pull), {
      limit: 50,
      verification: false,
      files: false,
    }),
  );
  return data.map(({ sha = '', commit }) => ({
    id: sha,
    author: `${commit?.author?.name ?? ''} <${commit?.author?.email ?? ''}>`,
    message: commit?.message ?? '',
  }));
}

/** The message of a commit. */
export async function commitMessageOf(forge: Forge, commit: string): Promise<string> {
  const { data } = await request(forge, 'read a commit', () =>
    forge.api.repos.repoGetSingleCommit(forge.owner, forge.repository, commit, {
      stat: false,
      verification: false,
      files: false,
    }),
  );
  return data.commit?.message ?? '';
}

/** Says on a commit that its tree was validated; nothing where the commit has that status already. */
export async function setValidated(forge: Forge, commit: string, description: string): Promise<void> {
  const { owner, repository, api } = forge;
  const latest = await ownStatus(forge, commit);
  if (latest?.status === 'success' && latest.description === description) return;
  await request(forge, 'set the commit status', () =>
    api.repos.repoCreateStatus(owner, repository, commit, { context: statusContext, state: 'success', description }),
  );
}

/** True where we have said of this very commit that its tree was validated: then it is one of ours. */
export async function isValidated(forge: Forge, commit: string): Promise<boolean> {
  return (await ownStatus(forge, commit))?.status === 'success';
}

async function ownStatus(forge: Forge, commit: string): Promise<CommitStatus | undefined> {
  const { data } = await request(forge, 'list commit statuses', () =>
    forge.api.repos.repoListStatuses(forge.owner, forge.repository, commit, { sort: 'recentupdate', limit: 50 }),
  );
  return data.find((each) => each.context === statusContext);
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

export function numberOf(pull: PullRequest): number {
  if (pull.number === undefined) throw new Error('Gitea gave a pull request without a number');
  return pull.number;
}

/** How long Gitea may take to know of a push: it tells its database in the background. */
const settling = { tries: 40, pause: 250 } as const;

/**
 * A request about a repository that git has just reached. Gitea answers 404 for its pull requests while it still takes the
 * repository for empty, or the branch for absent; so that is asked again for ten seconds.
 */
export function request<T>({ server }: Forge, doing: string, work: () => Promise<T>): Promise<T> {
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
