import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type DiagnosticFormat, formatDiagnostics, hasErrors } from '@fluxwright/diagnostics';
import type { ExecutorContext } from '@nx/devkit';
import { clusterOfProject } from '../cluster-of-project.ts';
import { loadFlux } from '../load-flux.ts';
import { refuse } from '../print-result.ts';
import { fluxOfCluster } from './flux-of-cluster.ts';

interface LintTask {
  /** Version of Flux; that of the cluster by default. A number is what Nx makes of `--flux=2.10`, and is 2.1. */
  readonly flux?: string | number;
  readonly format?: DiagnosticFormat;
}

/** Prints what the rules for a Flux find in the cluster's tree as it lies on the disk; fails where one is an error. */
export async function lintExecutor({ flux, format = 'text' }: LintTask, context: ExecutorContext) {
  const { root } = context;
  const cluster = clusterOfProject(context, context.projectName ?? '');
  if (cluster === undefined)
    return refuse('error: there is no cluster to lint: npx nx g cluster my-cluster makes one\n');
  const shown = `generated/${cluster}`;
  const folder = join(root, shown);
  if (flux !== undefined && !/^v?2\.\d+(\.\d+)?$/.test(typeof flux === 'string' ? flux : ''))
    return refuse(`error: --flux=${flux} is no version of Flux 2: write it with a v, as in --flux=v2.10\n`);
  if (!existsSync(folder)) return refuse(`error: there is no ${shown}: build the cluster first\n`);
  const { lintFolder } = await loadFlux();
  const version = flux === undefined ? fluxOfCluster(root, cluster) : String(flux);
  if (version === undefined) return refuse(`error: ${cluster} says no version of Flux: validate the cluster first\n`);
  const { objects, diagnostics, sources } = await lintFolder({ folder, shown, flux: version });
  if (format === 'text') process.stdout.write(`${shown}: ${objects} objects for Flux ${version}\n`);
  (format === 'text' ? process.stderr : process.stdout).write(formatDiagnostics(diagnostics, format, { sources }));
  return { success: !hasErrors(diagnostics) };
}
