import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Role } from '../src/controller/controller.ts';
import { runController } from '../src/controller/run-controller.ts';
import { FenceFile } from '../src/fence/fence-file.ts';
import { fenceName, fencePolicy } from '../src/fence/fence-policy.ts';
import { fastForward, type Home, standingOf } from '../src/git/fast-forward.ts';
import { runGuard } from '../src/guard/run-guard.ts';
import { objectStore } from '../src/store/object-store.ts';
import type { Timing } from '../src/timing.ts';
import { type GitServer, gitServer } from './git-server.ts';
import { StandInStore } from './stand-in-store.ts';

// The programs' own rounds on real files and a real git server, with times of seconds.

const timing: Timing = { ttl: 3_000, every: 200, request: 800, drift: 0.01, fence: 500, settle: 300 };
let store: StandInStore;
let url: string;
let git: GitServer;
let folder: string;
let loops: (() => void)[];
beforeEach(async () => {
  store = new StandInStore();
  url = await store.listen();
  git = await gitServer();
  folder = mkdtempSync(path.join(tmpdir(), 'failover-drill-'));
  loops = [];
});
afterEach(async () => {
  for (const stop of loops) stop();
  await store.close();
  await git.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Side {
  role: Role;
  alive: boolean;
  readonly said: string[];
  /** Whether its node lets writes pass. */
  readonly open: () => boolean;
}

/** A side with its controller and one guard; `home` undefined: nothing to move to. */
function side(site: string, role: Role, home: Home | undefined): Side {
  const settings = { url, region: 'x', accessKeyId: 'a', secretAccessKey: 'b', request: timing.request };
  const own: Side = {
    role,
    alive: true,
    said: [],
    open: () => !existsSync(path.join(folder, site, `${fenceName}.yaml`)),
  };
  const parts = { site, timing, store: objectStore(settings), dryRun: false, now: () => performance.now() };
  const fence = new FenceFile(path.join(folder, site), fencePolicy([]));
  fence.close();
  const step = runGuard({ ...parts, fence, tell: () => {} });
  const round = runController({
    ...parts,
    process: 'p',
    quorum: 1,
    leads: async () => true,
    given: () => ({ role: own.role }),
    witnesses: async () => 1,
    standing: async () => (home === undefined ? { is: 'missing' } : standingOf(home)),
    fastForward: async (epoch, because) => {
      if (home === undefined) return { is: 'missing' };
      const moved = await fastForward(home, epoch, because, site);
      // Flux applies what main has now.
      own.role = 'primary';
      return moved;
    },
    tell: (act, outcome) => own.said.push(`${act.do === 'write' ? act.why : act.do} ${outcome}`),
    saw: () => {},
  });
  const guarding = setInterval(() => own.alive && step(), 50);
  let running = true;
  const control = async (): Promise<void> => {
    while (running) {
      if (own.alive) await round();
      await new Promise((done) => setTimeout(done, 100));
    }
  };
  void control();
  loops.push(() => {
    clearInterval(guarding);
    running = false;
  });
  return own;
}

const until = async (is: () => boolean): Promise<void> => {
  for (let tries = 0; !is(); tries += 1) {
    if (tries > 1_200) throw new Error('it never came to that');
    await new Promise((done) => setTimeout(done, 50));
  }
};

test('a side is lost, the other becomes primary, and the first comes back fenced', async () => {
  const main = git.commit('main', undefined, 'as standby');
  const failover = git.commit(
    'failover',
    main,
    'Let b take over\n\nFluxwright-Cluster: b\nFluxwright-Step: failover\n',
  );
  const home = { site: 'b', url: git.url, username: 'user', password: 'word', main: 'main', failover: 'failover' };
  const a = side('a', 'primary', undefined);
  const b = side('b', 'standby', home);
  await until(() => a.open());
  expect(b.open()).toBe(false);
  a.alive = false;
  await until(() => b.open() && b.role === 'primary');
  expect(git.git('rev-parse', 'main')).toBe(failover);
  expect(b.said.filter((each) => !each.startsWith('beat'))).toEqual(
    expect.arrayContaining(['take written', 'open written', 'fast-forward moved']),
  );
  a.alive = true;
  await until(() => !a.open());
  await new Promise((done) => setTimeout(done, 2_000));
  expect([a.open(), b.open()]).toEqual([false, true]);
});

test('without a failover commit nothing is taken over', async () => {
  git.commit('main', undefined, 'as standby');
  const a = side('a', 'primary', undefined);
  const b = side('b', 'standby', undefined);
  await until(() => a.open());
  a.alive = false;
  await new Promise((done) => setTimeout(done, 6_000));
  expect([b.open(), b.said]).toEqual([false, []]);
});
