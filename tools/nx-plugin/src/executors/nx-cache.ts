import type { ExecutorContext } from '@nx/devkit';

/** True where Nx was told to run everything (`--skip-nx-cache`): then nothing of ours is taken for done either. */
export function skipsCache(): boolean {
  return process.env.NX_SKIP_NX_CACHE === 'true' || process.env.NX_DISABLE_NX_CACHE === 'true';
}

/**
 * What to say where Nx would cache the tasks, as `targetDefaults` for all targets of a name can make it: from its cache it
 * would put trees in place that no gate has seen, and delete what is in their way. Undefined where it does not.
 */
export function cachedByNx(
  { projectsConfigurations }: ExecutorContext,
  tasks: readonly { readonly project: string; readonly target: string }[],
): string | undefined {
  const cached = tasks.find(
    ({ project, target }) => projectsConfigurations.projects[project]?.targets?.[target]?.cache,
  );
  if (cached === undefined) return undefined;
  const executor = `@fluxwright/nx-plugin:${cached.target}`;
  return `error: nx.json lets Nx cache the target ${cached.target} of ${cached.project}, past all checks: add "${executor}": { "cache": false } to targetDefaults\n`;
}
