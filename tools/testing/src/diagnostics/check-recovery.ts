import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { compile } from '@fluxwright/compiler';
import type { CheckResult } from '@fluxwright/diagnostics/cases';
import { type RecoverPairOptions, recoverPair } from '@fluxwright/publisher';
import { startGitServer, user } from '../../../publisher/test/git-server.ts';
import { pointTo } from './point-to.ts';

/** What a case of dr says in its dr.json: the command, and how the workspace lies in git. */
interface RecoveryCase extends Pick<RecoverPairOptions, 'command' | 'from' | 'to' | 'service' | 'tokens'> {
  /** Lies in git, and this file differs from its last commit. */
  readonly edited?: string;
  /** Has been built, and published nowhere. */
  readonly server?: 'empty';
}

/** Findings of one step of a switchover. */
export async function checkRecovery(root: string): Promise<CheckResult> {
  const {
    edited,
    server: wanted,
    ...asked
  }: RecoveryCase = JSON.parse(readFileSync(path.join(root, 'dr.json'), 'utf8'));
  const home = mkdtempSync(path.join(tmpdir(), 'fluxwright-home-'));
  const environment = {
    PATH: process.env.PATH,
    HOME: home,
    GIT_CONFIG_NOSYSTEM: '1',
    FLUXWRIGHT_GIT_TOKEN: user.token,
  };
  const server = wanted === undefined ? undefined : await startGitServer();
  try {
    if (server !== undefined) {
      server.create('platform/fleet');
      pointTo(root, server);
      await compile({ root });
    }
    if (edited !== undefined) commitAll(root, environment, edited);
    const { diagnostics, sources } = await recoverPair({ ...asked, root, environment, idleSeconds: 5 });
    return { diagnostics, sources };
  } finally {
    await server?.close();
    rmSync(home, { recursive: true, force: true });
  }
}

function commitAll(root: string, env: NodeJS.ProcessEnv, edited: string): void {
  const who = ['-c', 'user.name=a', '-c', 'user.email=a@example.com'];
  for (const args of [
    ['init', '--quiet'],
    ['add', '--all'],
    [...who, 'commit', '--quiet', '-m', 'all'],
  ])
    spawnSync('git', ['-C', root, ...args], { env });
  appendFileSync(path.join(root, edited), '# not yet\n');
}
