import type { Forge } from './forge.ts';
import { askForge } from './forge-failure.ts';
import type { ForgeStep } from './forge-step.ts';

/** A public SSH key of a repository; it may read, and write where that is said. */
export interface DeployKey {
  readonly title: string;
  readonly key: string;
  readonly writable?: boolean;
}

/** The step that gives the repository a deploy key. */
export function deployKeyStep(
  forge: Forge,
  repositoryThere: ForgeStep,
  { title, key, writable }: DeployKey,
): ForgeStep {
  const { api, owner, repository } = forge;
  return {
    what: `deploy key ${title}`,
    within: [repositoryThere],
    look: () => hasKey(forge, key),
    make: () => api.repos.repoCreateKey(owner, repository, { title, key, read_only: writable !== true }),
  };
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
