import type { TestProject } from 'vitest/node';
import type { GiteaPlace } from './gitea-client.ts';
import { giteaAvailable, startGitea } from './gitea-server.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The Gitea of this run; undefined where there is none. */
    readonly gitea: GiteaPlace | undefined;
  }
}

/** Starts one Gitea for all test files of a run; returns how to stop it. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  if (!giteaAvailable()) {
    project.provide('gitea', undefined);
    return async () => {};
  }
  const { stop, url, folder, admin } = await startGitea();
  project.provide('gitea', { url, folder, admin });
  return stop;
}
