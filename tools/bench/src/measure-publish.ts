import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { openRemote } from '../../publisher/src/git/remote-session.ts';
import { publishTree } from '../../publisher/src/publish-tree.ts';
import { user } from '../../publisher/test/git-server.ts';
import { startGitServerProcess } from '../../publisher/test/git-server-process.ts';
import { giteaAvailable, startGitea } from '../../publisher/test/gitea-server.ts';
import { outputTree, sampleTree } from '../../publisher/test/sample-tree.ts';
import { formatTable } from './format-table.ts';

/**
 * Measures publishing a tree of 1,000 files: with nothing to do, and with one file changed beside a plain `git push` of the
 * same commit. Servers are git's own http-backend and, where it is built, a real Gitea. Prints medians and writes
 * reports/publish-bench.json. The proof of the tree by the compiler is not in it: that is what compile costs.
 */
interface Measurement {
  readonly server: string;
  /** Milliseconds; medians. */
  readonly unchanged: number;
  readonly changed: number;
  readonly plainPush: number;
}

const rounds = 7;

async function measure(server: string, urls: readonly [string, string], token: string): Promise<Measurement> {
  const [url, other] = urls;
  const environment = { ...process.env, FLUXWRIGHT_GIT_TOKEN: token };
  const target = { url, branch: 'main', path: 'clusters/one' };
  const publish = async (round: number): Promise<{ readonly took: number; readonly commit: string }> => {
    const tree = sampleTree('one', files(round));
    const start = performance.now();
    const session = openRemote(url, { environment });
    const outcome = await publishTree(session, { tree: tree.proved, target });
    session.close();
    const took = performance.now() - start;
    tree.remove();
    return { took, commit: outcome.commit ?? '' };
  };
  const clone = mkdtempSync(join(tmpdir(), 'fluxwright-bench-'));
  const header = `http.extraHeader=Authorization: Basic ${Buffer.from(`x:${token}`).toString('base64')}`;
  const git = (...args: readonly string[]): void => {
    execFileSync('git', ['-C', clone, '-c', header, ...args], { stdio: 'pipe' });
  };
  git('init', '--quiet');
  const changed: number[] = [];
  const unchanged: number[] = [];
  const plainPush: number[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const made = await publish(round);
    git('fetch', '--quiet', url, 'main');
    const start = performance.now();
    git('push', '--quiet', other, `${made.commit}:refs/heads/main`);
    const took = performance.now() - start;
    // The first push carries the whole tree.
    if (round === 0) continue;
    changed.push(made.took);
    plainPush.push(took);
    unchanged.push((await publish(round)).took);
  }
  rmSync(clone, { recursive: true, force: true });
  return { server, unchanged: median(unchanged), changed: median(changed), plainPush: median(plainPush) };
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

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

const measurements: Measurement[] = [];
const backend = await startGitServerProcess(['a', 'b']);
measurements.push(await measure('git http-backend', [backend.urls[0] ?? '', backend.urls[1] ?? ''], user.token));
await backend.stop();
if (giteaAvailable()) {
  const gitea = await startGitea();
  const urls = [await gitea.repository('a'), await gitea.repository('b')] as const;
  measurements.push(await measure('Gitea', urls, gitea.admin.token));
  await gitea.stop();
}
const reports = resolve(import.meta.dirname, '../../../reports');
mkdirSync(reports, { recursive: true });
writeFileSync(
  join(reports, 'publish-bench.json'),
  `${JSON.stringify({ files: outputTree('one', files(0)).files.length, measurements }, null, 2)}\n`,
);
const ms = (value: number): string => `${Math.round(value)} ms`;
process.stdout.write(
  formatTable([
    ['server', 'nothing to do', 'one file changed', 'plain git push of it', 'ratio'],
    ...measurements.map((each) => [
      each.server,
      ms(each.unchanged),
      ms(each.changed),
      ms(each.plainPush),
      (each.changed / each.plainPush).toFixed(2),
    ]),
  ]),
);
