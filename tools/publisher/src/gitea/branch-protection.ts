import type { Forge } from './forge.ts';
import { askForge } from './forge-failure.ts';
import { type ForgeStep, isThere } from './forge-step.ts';
import { statusContext } from './pull-request.ts';

/** A branch that is changed by pull requests only, and how many approvals each needs. */
export interface ProtectionWish {
  readonly branch: string;
  readonly approvals: number;
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

/** The step that protects a branch; where it is protected, it says what that leaves open. */
export function branchProtection(
  forge: Forge,
  repositoryThere: ForgeStep,
  { branch, approvals }: ProtectionWish,
): ForgeStep {
  const { api, owner, repository } = forge;
  const get = () => api.repos.repoGetBranchProtection(owner, repository, encodeURIComponent(branch));
  return {
    what: `protection of ${branch}`,
    within: [repositoryThere],
    look: () => isThere(forge, 'the protection', get),
    make: () =>
      api.repos.repoCreateBranchProtection(owner, repository, {
        rule_name: branch,
        enable_push: false,
        required_approvals: approvals,
        enable_status_check: true,
        status_check_contexts: [statusContext],
        ...proofKept,
      }),
    lacks: async () => {
      const { data } = await askForge({ doing: 'look up the protection', server: forge.server }, get);
      const open = [
        ...Object.keys(proofKept).filter((each) => data[each as keyof typeof proofKept] !== true),
        ...(data.enable_status_check && data.status_check_contexts?.includes(statusContext)
          ? []
          : [`status_check_contexts: ${statusContext}`]),
        ...(data.enable_push ? ['enable_push: false'] : []),
      ];
      return open.length === 0 ? undefined : `${open.join(', ')}; unproved content can be merged`;
    },
  };
}
