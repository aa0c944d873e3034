import { basename } from 'node:path';
import type { ExecutorContext } from '@nx/devkit';

/** Clusters that a project stands for: its own, or none in particular for the project `clusters`. */
export function clusterOfProject(context: ExecutorContext, project: string): string | undefined {
  const folder = context.projectsConfigurations.projects[project]?.root;
  if (folder === undefined) throw new Error(`Nx gave no folder of the project "${project}"`);
  return folder === 'clusters' ? undefined : basename(folder);
}
