import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { run } from './run.ts';

/** The folder of scripts that build, start and stop the stack; beside the workspace here and in CI. */
export const stackFolder = resolve(import.meta.dirname, '../../../../shared/e2e');

/** True where the stack's scripts are at hand. */
export function stackAvailable(): boolean {
  return existsSync(join(stackFolder, 'up.sh'));
}

/** A running control plane on loopback: API server, Flux' source- and kustomize-controller, Gitea, a chart server. */
export interface Stack {
  readonly kubectl: string;
  readonly helm: string;
  readonly kubeconfig: string;
  readonly gitea: { readonly url: string; readonly user: string; readonly token: string };
  readonly charts: { readonly folder: string; readonly url: string };
  /** What each server of the stack writes, a file each. */
  readonly logs: string;
}

/**
 * Builds what is not built yet (about 18 minutes from nothing, seconds after) and starts a fresh stack.
 * Settings of the scripts (ports, folders) come from the environment, as their README says.
 */
export async function startStack(): Promise<Stack> {
  await run('bash', [join(stackFolder, 'build.sh')]);
  await run('bash', [join(stackFolder, 'up.sh')]);
  const settings = readEnvFile(join(runFolder(), 'env'));
  return {
    kubectl: settings.KUBECTL ?? '',
    helm: settings.HELM ?? '',
    kubeconfig: settings.KUBECONFIG ?? '',
    gitea: { url: settings.GITEA_URL ?? '', user: settings.GITEA_USER ?? '', token: settings.GITEA_TOKEN ?? '' },
    charts: { folder: settings.CHARTS_DIR ?? '', url: settings.CHARTS_URL ?? '' },
    logs: join(runFolder(), 'log'),
  };
}

/** Stops what {@link startStack} started. */
export async function stopStack(): Promise<void> {
  await run('bash', [join(stackFolder, 'down.sh')]);
}

function runFolder(): string {
  return process.env.E2E_RUN ?? join(process.env.E2E_CACHE ?? '/tmp/e2e', 'run');
}

function readEnvFile(file: string): Record<string, string> {
  const lines = readFileSync(file, 'utf8').split('\n');
  return Object.fromEntries(
    lines.flatMap((line) => {
      const at = line.indexOf('=');
      return at > 0 ? [[line.slice(0, at), line.slice(at + 1)]] : [];
    }),
  );
}
