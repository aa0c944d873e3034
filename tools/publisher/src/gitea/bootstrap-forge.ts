import type { Forge } from './forge.ts';
import { askForge, isStatus } from './forge-failure.ts';
import { makePublisherUser, type PublisherUser } from './publisher-user.ts';
import { statusContext } from './pull-request.ts';

/** What a repository should have besides being there. */
export interface ForgeWishes {
  /** A public SSH key that may read, for Flux. */
  readonly deployKey?: { readonly title: string; readonly key: string; readonly writable?: boolean };
  /** A user of its own for publishing. */
  readonly user?: PublisherUser;
  /** Protects a branch: only by reviewed pull requests whose tree was validated. */
  readonly protect?: { readonly branch: string; readonly approvals: number };
  /** Says what would be done and does nothing. */
  readonly dryRun?: boolean;
}

/** One thing a bootstrap looked at. */
export interface ForgeStep {
  /** `lacks`: it is there, and something of it is to be set by a person. */
  readonly action: 'exists' | 'made' | 'would make' | 'lacks';
  /** `repository platform/fleet`, for people. */
  readonly what: string;
}

/**
 * Makes what is missing on the forge: the organisation, the repository (private, empty), the deploy key, a
 * user with a token for this repository, and the protection of the branch. What exists is left as it is, so running it again
 * does nothing. Throws a ForgeFailure.
 */
export async function bootstrapForge(forge: Forge, wishes: ForgeWishes): Promise<readonly ForgeStep[]> {
  const { api, owner, repository, server } = forge;
  const steps: ForgeStep[] = [];
  const ensure = async (what: string, exists: boolean, make: () => Promise<unknown>): Promise<void> => {
    if (!exists && wishes.dryRun !== true) await askForge({ doing: `make ${what}`, server }, make);
    steps.push({ action: exists ? 'exists' : wishes.dryRun === true ? 'would make' : 'made', what });
  };
  const look = (what: string, ask: () => Promise<unknown>): Promise<boolean> =>
    askForge({ doing: `look up ${what}`, server }, async () => {
      try {
        await ask();
        return true;
      } catch (error) {
        if (isStatus(error, 404)) return false;
        throw error;
      }
    });
  const { data: me } = await askForge({ doing: 'say who the token is', server }, () => api.user.userGetCurrent());
  const isOwn = me.login?.toLowerCase() === decodeURIComponent(owner).toLowerCase();
  if (!isOwn) {
    const found = await look('the organisation', () => api.orgs.orgGet(owner));
    await ensure(`organisation ${owner}`, found, () =>
      api.orgs.orgCreate({ username: decodeURIComponent(owner), visibility: 'private' }),
    );
  }
  const hasRepository = await look('the repository', () => api.repos.repoGet(owner, repository));
  const settings = {
    name: decodeURIComponent(repository),
    private: true,
    default_branch: wishes.protect?.branch ?? 'main',
  };
  await ensure(`repository ${owner}/${repository}`, hasRepository, () =>
    isOwn ? api.user.createCurrentUserRepo(settings) : api.orgs.createOrgRepo(owner, settings),
  );
  const { deployKey, protect, user } = wishes;
  if (deployKey !== undefined) {
    const found = hasRepository && (await hasKey(forge, deployKey.key));
    await ensure(`deploy key ${deployKey.title}`, found, () =>
      api.repos.repoCreateKey(owner, repository, {
        title: deployKey.title,
        key: deployKey.key,
        read_only: deployKey.writable !== true,
      }),
    );
  }
  if (user !== undefined) {
    const { name } = user;
    const hasUser = await look(`user ${name}`, () => api.users.userGet(name));
    await ensure(`user ${name} with a token`, hasUser, () => makePublisherUser(forge, user));
    const mayWrite =
      hasUser &&
      hasRepository &&
      (await look('who may write', () => api.repos.repoCheckCollaborator(owner, repository, name)));
    await ensure(`write access of ${name}`, mayWrite, () =>
      api.repos.repoAddCollaborator(owner, repository, name, { permission: 'write' }),
    );
  }
  if (protect !== undefined) {
    const found =
      hasRepository &&
      (await look('the protection', () =>
        api.repos.repoGetBranchProtection(owner, repository, encodeURIComponent(protect.branch)),
      ));
    await ensure(`protection of ${protect.branch}`, found, () =>
      api.repos.repoCreateBranchProtection(owner, repository, {
        rule_name: protect.branch,
        enable_push: false,
        required_approvals: protect.approvals,
        enable_status_check: true,
        status_check_contexts: [statusContext],
        ...proofKept,
      }),
    );
    if (found) steps.push(...(await lacks(forge, protect.branch)));
  }
  return steps;
}

/**
 * What keeps approvals and statuses to what they were given for: an approval ends when the branch changes, and a branch that
 * is not on the tip of its target is not merged, since what comes out would be a tree that nobody validated.
 */
const proofKept = {
  block_on_rejected_reviews: true,
  block_on_outdated_branch: true,
  dismiss_stale_approvals: true,
} as const;

/** What a protection that is there leaves open; it is not changed, since somebody may mean it so. */
async function lacks({ api, owner, repository, server }: Forge, branch: string): Promise<readonly ForgeStep[]> {
  const { data } = await askForge({ doing: 'look up the protection', server }, () =>
    api.repos.repoGetBranchProtection(owner, repository, encodeURIComponent(branch)),
  );
  const open = [
    ...Object.keys(proofKept).filter((each) => data[each as keyof typeof proofKept] !== true),
    ...(data.enable_status_check && data.status_check_contexts?.includes(statusContext)
      ? []
      : [`status_check_contexts: ${statusContext}`]),
    ...(data.enable_push ? ['enable_push: false'] : []),
  ];
  if (open.length === 0) return [];
  return [{ action: 'lacks', what: `protection of ${branch}: ${open.join(', ')}; unproved content can be merged` }];
}

/** True where the repository has the key, whatever its comment. */
async function hasKey({ api, owner, repository, server }: Forge, key: string): Promise<boolean> {
  const wanted = key.trim().split(/\s+/).slice(0, 2).join(' ');
  for (let page = 1; ; page += 1) {
    const { data } = await askForge({ doing: 'list deploy keys', server }, () =>
      api.repos.repoListKeys(owner, repository, { page, limit: 50 }),
    );
    if (data.some((each) => each.key?.trim().split(/\s+/).slice(0, 2).join(' ') === wanted)) return true;
    if (data.length === 0) return false;
  }
}
