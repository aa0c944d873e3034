import { branchProtection, type ProtectionWish } from './branch-protection.ts';
import { type DeployKey, deployKeyStep } from './deploy-key.ts';
import type { Forge } from './forge.ts';
import { askForge } from './forge-failure.ts';
import { doSteps, type ForgeStep, type ForgeStepResult, isThere } from './forge-step.ts';
import { makePublisherUser, type PublisherUser } from './publisher-user.ts';

/** What a repository should have besides being there. */
export interface ForgeWishes {
  /** A public SSH key that may read, for Flux. */
  readonly deployKey?: DeployKey;
  /** A user of its own for publishing. */
  readonly user?: PublisherUser;
  /** Protects a branch: only by reviewed pull requests whose tree was validated. */
  readonly protect?: ProtectionWish;
  /** Says what would be done and does nothing. */
  readonly dryRun?: boolean;
}

/**
 * Makes what is missing on the forge: the organisation, the repository (private, empty), the deploy key, a
 * user with a token for this repository, and the protection of the branch. What exists is left as it is, so running it again
 * does nothing. Throws a ForgeFailure.
 */
export async function bootstrapForge(forge: Forge, wishes: ForgeWishes): Promise<readonly ForgeStepResult[]> {
  const { api, owner, server } = forge;
  const { data: me } = await askForge({ doing: 'say who the token is', server }, () => api.user.userGetCurrent());
  const isOwn = me.login?.toLowerCase() === decodeURIComponent(owner).toLowerCase();
  const repository = repositoryStep(forge, { isOwn, branch: wishes.protect?.branch ?? 'main' });
  const steps = [
    ...(isOwn ? [] : [organisationStep(forge)]),
    repository,
    ...(wishes.deployKey === undefined ? [] : [deployKeyStep(forge, repository, wishes.deployKey)]),
    ...(wishes.user === undefined ? [] : userSteps(forge, repository, wishes.user)),
    ...(wishes.protect === undefined ? [] : [branchProtection(forge, repository, wishes.protect)]),
  ];
  return doSteps(forge, steps, { dryRun: wishes.dryRun === true });
}

function organisationStep(forge: Forge): ForgeStep {
  const { api, owner } = forge;
  return {
    what: `organisation ${owner}`,
    look: () => isThere(forge, 'the organisation', () => api.orgs.orgGet(owner)),
    make: () => api.orgs.orgCreate({ username: decodeURIComponent(owner), visibility: 'private' }),
  };
}

function repositoryStep(
  forge: Forge,
  { isOwn, branch }: { readonly isOwn: boolean; readonly branch: string },
): ForgeStep {
  const { api, owner, repository } = forge;
  const settings = { name: decodeURIComponent(repository), private: true, default_branch: branch };
  return {
    what: `repository ${owner}/${repository}`,
    look: () => isThere(forge, 'the repository', () => api.repos.repoGet(owner, repository)),
    make: () => (isOwn ? api.user.createCurrentUserRepo(settings) : api.orgs.createOrgRepo(owner, settings)),
  };
}

function userSteps(forge: Forge, repositoryThere: ForgeStep, user: PublisherUser): readonly ForgeStep[] {
  const { api, owner, repository } = forge;
  const { name } = user;
  const userThere: ForgeStep = {
    what: `user ${name} with a token`,
    look: () => isThere(forge, `user ${name}`, () => api.users.userGet(name)),
    make: () => makePublisherUser(forge, user),
  };
  const mayWrite: ForgeStep = {
    what: `write access of ${name}`,
    within: [userThere, repositoryThere],
    look: () => isThere(forge, 'who may write', () => api.repos.repoCheckCollaborator(owner, repository, name)),
    make: () => api.repos.repoAddCollaborator(owner, repository, name, { permission: 'write' }),
  };
  return [userThere, mayWrite];
}
