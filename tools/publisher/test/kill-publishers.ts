import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { GitServer } from './git-server.ts';
import { environment } from './publish-once.ts';

export interface KillReport {
  readonly rounds: number;
  /** Rounds after which the branch was the old commit, the new one, and how many publishers ended before their time. */
  readonly old: number;
  readonly new: number;
  readonly unharmed: number;
}

/**
 * Kills publishers, and the git processes they started, at random moments of their work. After each the branch must be at
 * the commit it was at or at one new commit on top that holds the whole new tree; a publisher that is let be then converges.
 */
export async function killPublishers(server: GitServer, name: string, rounds: number): Promise<KillReport> {
  const url = server.create(name);
  const place = mkdtempSync(join(tmpdir(), 'fluxwright-kill-'));
  const run = (content: string, killAfter?: number) => publishInChild({ url, place, content, killAfter });
  const tip = (): string => server.git(name, 'rev-parse', 'main').trim();
  expect((await run('first')).status).toBe('published');
  const whole = (await run('second')).took;
  const counts = { old: 0, new: 0, unharmed: 0 };
  for (let round = 0; round < rounds; round += 1) {
    const before = tip();
    const content = `round-${round}`;
    const { status } = await run(content, Math.random() * whole * 1.2);
    await server.idle();
    const after = tip();
    if (status !== undefined) counts.unharmed += 1;
    if (after === before) counts.old += 1;
    else {
      counts.new += 1;
      expect(server.git(name, 'rev-parse', `${after}^`).trim()).toBe(before);
      expect(server.git(name, 'grep', '-l', content, after).trim().split('\n').length).toBe(20);
    }
    if (round % 20 !== 19 && round !== rounds - 1) continue;
    server.git(name, 'fsck', '--strict', '--connectivity-only');
    const again = await run(content);
    expect(again.status).toBe(after === before ? 'published' : 'unchanged');
    expect((await run(content)).status).toBe('unchanged');
  }
  rmSync(place, { recursive: true, force: true });
  return { rounds, ...counts };
}

interface ChildRun {
  readonly url: string;
  /** Becomes TMPDIR and holds the tree, so that nothing is left elsewhere. */
  readonly place: string;
  readonly content: string;
  /** Milliseconds from the start of its work. */
  readonly killAfter?: number | undefined;
}

function publishInChild({ url, place, content, killAfter }: ChildRun): Promise<{ status?: string; took: number }> {
  const tree = mkdtempSync(join(place, 'tree-'));
  const child = spawn(process.execPath, [join(import.meta.dirname, 'publish-in-child.ts'), url, tree, content], {
    // What the first ones make of the sources, as the command line keeps it: half of what a child costs.
    env: {
      ...environment,
      TMPDIR: place,
      CACHE_FOLDER: join(place, 'cache'),
      NODE_COMPILE_CACHE: join(place, 'compiled'),
    },
    // A group of its own: its git processes are killed with it.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let begin = performance.now();
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    if (!chunk.toString().startsWith('begin')) return;
    begin = performance.now();
    if (killAfter === undefined) return;
    setTimeout(() => {
      try {
        process.kill(-(child.pid ?? 0), 'SIGKILL');
      } catch {
        // It has ended by itself.
      }
    }, killAfter);
  });
  return new Promise((resolve) => {
    child.on('close', () => {
      const took = performance.now() - begin;
      rmSync(tree, { recursive: true, force: true });
      resolve(output === '' ? { took } : { status: JSON.parse(output).status, took });
    });
  });
}
