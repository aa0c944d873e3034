import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { credentialHelper } from '../../publisher/src/git/git-environment.ts';
import { openRemote } from '../../publisher/src/git/remote-session.ts';
import { publishTree } from '../../publisher/src/publish-tree.ts';
import { user } from '../../publisher/test/git-server.ts';
import { startGitServerProcess } from '../../publisher/test/git-server-process.ts';
import { giteaAvailable, startGitea } from '../../publisher/test/gitea-server.ts';
import { outputTree, sampleTree } from '../../publisher/test/sample-tree.ts';
import { formatTable } from './format-table.ts';

const run = promisify(execFile);

/**
 * Measures publishing a tree of 1,000 files: with nothing to do, and with one file changed, beside a plain `git push` of the
 * same commit from a clone that has it, with the same credential helper. Once as on a machine that publishes for the first
 * time, once with the scratch repository that runs keep in the workspace. Servers are git's own http-backend and, where
 * it is built, a real Gitea. Prints medians of wall time and of the client's processor time (user and system, git's processes
 * included; Linux only), and writes reports/publish-bench.json. The proof of the tree by the compiler is not in it: that is
 * what compile costs.
 */
interface Measurement {
  readonly server: string;
  readonly scratch: 'new' | 'kept';
  readonly unchanged: Cost;
  readonly changed: Cost;
  readonly plainPush: Cost;
}

/** Milliseconds. */
interface Cost {
  readonly wall: number;
  readonly cpu: number;
}

const rounds = 9;

async function measure(
  server: string,
  urls: readonly [string, string],
  { token, scratch }: { readonly token: string; readonly scratch: Measurement['scratch'] },
): Promise<Measurement> {
  const [url, other] = urls;
  const environment = { ...process.env, FLUXWRIGHT_GIT_TOKEN: token };
  const target = { url, branch: 'main', path: 'clusters/one' };
  const place = mkdtempSync(join(tmpdir(), 'fluxwright-bench-'));
  const cache = { folder: join(place, 'cache'), key: url };
  const publish = async (round: number): Promise<{ readonly cost: Cost; readonly commit: string }> => {
    const tree = sampleTree('one', files(round));
    let commit = '';
    const cost = await costOf(async () => {
      const session = openRemote(url, { environment, ...(scratch === 'kept' && { cache }) });
      const outcome = await publishTree(session, { tree: tree.proved, target });
      session.close();
      if (outcome.status === 'failed') throw new Error(outcome.diagnostics[0]?.message);
      commit = outcome.commit ?? '';
    });
    tree.remove();
    return { cost, commit };
  };
  const clone = join(place, 'clone');
  const env = { ...process.env, FLUXWRIGHT_HELPER_USERNAME: 'x', FLUXWRIGHT_HELPER_TOKEN: token };
  const git = (...args: readonly string[]): Promise<unknown> =>
    run('git', ['-C', clone, '-c', 'credential.helper=', '-c', `credential.helper=${credentialHelper}`, ...args], {
      env,
    });
  await run('git', ['init', '--quiet', clone]);
  const costs: Record<'unchanged' | 'changed' | 'plainPush', Cost[]> = { unchanged: [], changed: [], plainPush: [] };
  for (let round = 0; round <= rounds; round += 1) {
    const made = await publish(round);
    await git('fetch', '--quiet', url, 'main');
    const plain = await costOf(() => git('push', '--quiet', other, `${made.commit}:refs/heads/main`));
    // The first push carries the whole tree.
    if (round === 0) continue;
    costs.changed.push(made.cost);
    costs.plainPush.push(plain);
    costs.unchanged.push((await publish(round)).cost);
  }
  rmSync(place, { recursive: true, force: true });
  const { unchanged, changed, plainPush } = costs;
  return { server, scratch, unchanged: median(unchanged), changed: median(changed), plainPush: median(plainPush) };
}

async function costOf(work: () => Promise<unknown>): Promise<Cost> {
  const cpu = cpuMilliseconds();
  const start = performance.now();
  await work();
  return { wall: performance.now() - start, cpu: cpuMilliseconds() - cpu };
}

/** Of this process and of all its children that have ended (proc_pid_stat(5), fields 14 to 17, in ticks of 10 ms). */
function cpuMilliseconds(): number {
  try {
    const fields = readFileSync('/proc/self/stat', 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks) * 10, 0);
  } catch {
    return Number.NaN;
  }
}

function files(round: number): Readonly<Record<string, string>> {
  const names = Array.from({ length: 1000 }, (_, index) => `components/c${index % 50}/install/configmap-${index}.yaml`);
  return Object.fromEntries(
    names.map((name, index) => [
      name,
      `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c${index}}\ndata:\n  value: ${index === 500 ? round : index}\n${'  # padding\n'.repeat(20)}`,
    ]),
  );
}

function median(costs: readonly Cost[]): Cost {
  const middle = (values: readonly number[]): number =>
    values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
  return { wall: middle(costs.map(({ wall }) => wall)), cpu: middle(costs.map(({ cpu }) => cpu)) };
}

const measurements: Measurement[] = [];
for (const scratch of ['new', 'kept'] as const) {
  const backend = await startGitServerProcess(['a', 'b']);
  const urls = [backend.urls[0] ?? '', backend.urls[1] ?? ''] as const;
  measurements.push(await measure('git http-backend', urls, { token: user.token, scratch }));
  await backend.stop();
}
if (giteaAvailable()) {
  const gitea = await startGitea();
  for (const scratch of ['new', 'kept'] as const) {
    const urls = [await gitea.repository(`a-${scratch}`), await gitea.repository(`b-${scratch}`)] as const;
    measurements.push(await measure('Gitea', urls, { token: gitea.admin.token, scratch }));
  }
  await gitea.stop();
}
const reports = resolve(import.meta.dirname, '../../../reports');
mkdirSync(reports, { recursive: true });
writeFileSync(
  join(reports, 'publish-bench.json'),
  `${JSON.stringify({ files: outputTree('one', files(0)).files.length, measurements }, null, 2)}\n`,
);
const ms = ({ wall, cpu }: Cost): string => `${Math.round(wall)} ms (${Math.round(cpu)})`;
process.stdout.write(
  formatTable([
    ['server', 'scratch', 'nothing to do (cpu)', 'one file changed (cpu)', 'plain git push (cpu)', 'ratio'],
    ...measurements.map((each) => [
      each.server,
      each.scratch,
      ms(each.unchanged),
      ms(each.changed),
      ms(each.plainPush),
      (each.changed.wall / each.plainPush.wall).toFixed(2),
    ]),
  ]),
);
