import { randomUUID } from 'node:crypto';
import { CoordinationV1Api, CoreV1Api, KubeConfig } from '@kubernetes/client-node';
import { pino } from 'pino';
import { runController } from './controller/run-controller.ts';
import { FenceFile } from './fence/fence-file.ts';
import { fencePolicy } from './fence/fence-policy.ts';
import { fastForward, type Home, standingOf } from './git/fast-forward.ts';
import { runGuard } from './guard/run-guard.ts';
import { Leader } from './leader/leader.ts';
import { metrics } from './serve/metrics.ts';
import { record } from './serve/record.ts';
import { serve } from './serve/server.ts';
import { readCredentials } from './settings/credentials.ts';
import { readGiven, readSettings, type Settings } from './settings/settings.ts';
import { objectStore, storeFault } from './store/object-store.ts';
import { takeoverBound } from './timing.ts';
import { rootQuestion, witnessesReached } from './witness/dns-witness.ts';

const log = pino({ base: null });
const [command = ''] = process.argv.slice(2);
const folders = { settings: '/etc/failover', given: '/etc/failover-given', credentials: '/etc/failover-credentials' };
const commands: Readonly<Record<string, (settings: Settings) => Promise<void> | void>> = { controller, guard, bound };
const port = 8080;
const now = (): number => performance.now();

const run = commands[command];
if (run === undefined) {
  process.stderr.write(`usage: main.ts ${Object.keys(commands).join(' | ')}\n`);
  process.exit(2);
}
try {
  await run(readSettings(`${folders.settings}/settings.json`));
} catch (error) {
  log.fatal((error as Error).message);
  process.exit(1);
}

/** Prints how long a takeover takes at most, in seconds, without what Flux needs. */
function bound({ timing }: Settings): void {
  process.stdout.write(`${Math.ceil(takeoverBound(timing) / 1000)}\n`);
}

function storeSettings({ lease, timing }: Settings) {
  const keys = readCredentials(folders.credentials, ['accessKeyId', 'secretAccessKey']);
  return { ...lease, ...keys, request: timing.request };
}

function guard(settings: Settings): void {
  const { site, timing, dryRun, fenced, fenceFolder } = settings;
  const step = runGuard({
    site,
    store: objectStore(storeSettings(settings)),
    fence: new FenceFile(fenceFolder, fencePolicy(fenced)),
    timing,
    dryRun,
    now,
    tell: (open) => {
      metrics.open.set(open ? 1 : 0);
      log.info({ open }, open ? 'writes may pass' : 'writes are fenced off');
    },
  });
  let last = now();
  setInterval(() => {
    step();
    last = now();
  }, 250);
  serve(port, 5_000, () => last);
}

async function controller(settings: Settings): Promise<void> {
  const { site, timing, dryRun, witnesses } = settings;
  const store = storeSettings(settings);
  const fault = await storeFault(store, randomUUID());
  if (fault !== undefined) throw new Error(`${settings.lease.url}: no store for a lease: ${fault}`);
  // The repository that this side's Flux reads, with what lets the controller in.
  const home: Home = { site, ...settings.home, ...readCredentials(folders.credentials, ['username', 'password']) };
  const config = new KubeConfig();
  config.loadFromCluster();
  const namespace = process.env.POD_NAMESPACE ?? 'failover-controller';
  const identity = process.env.POD_NAME ?? randomUUID();
  const leader = new Leader(config.makeApiClient(CoordinationV1Api), {
    namespace,
    name: 'failover-controller',
    identity,
    duration: 15,
  });
  const events = record(config.makeApiClient(CoreV1Api), { namespace, identity, log });
  log.info(
    { takeoverSeconds: Math.ceil(takeoverBound(timing) / 1000), dryRun },
    'a takeover takes at most this, and what Flux needs',
  );
  let ledAt = Number.NEGATIVE_INFINITY;
  let leads = false;
  const round = runController({
    site,
    process: randomUUID(),
    timing,
    quorum: witnesses.quorum,
    dryRun,
    store: objectStore(store),
    now,
    leads: async () => {
      if (now() - ledAt >= 5_000) {
        ledAt = now();
        leads = await leader.leads(now());
        metrics.leads.set(leads ? 1 : 0);
      }
      return leads;
    },
    given: () => readGiven(folders.given),
    witnesses: () =>
      witnessesReached(
        witnesses.servers.map((server) => ({ server })),
        rootQuestion,
        timing.request,
      ),
    standing: () => standingOf(home),
    fastForward: (epoch, because) => fastForward(home, epoch, because, site),
    tell: events,
    saw: ({ seen }, around) => {
      metrics.witnesses.set(around.witnesses.reached);
      metrics.failover.set(around.failoverReady ? 1 : 0);
      if (seen === undefined) return;
      for (const each of [site, settings.peer]) {
        metrics.holder.set({ site: each }, seen.record.holder === each ? 1 : 0);
        metrics.writer.set({ site: each }, seen.record.writer === each ? 1 : 0);
      }
      metrics.epoch.set(seen.record.epoch);
      metrics.seen.setToCurrentTime();
    },
  });
  let last = now();
  serve(port, 60_000, () => last);
  for (;;) {
    last = now();
    await round();
    await new Promise((done) => setTimeout(done, 1_000));
  }
}
