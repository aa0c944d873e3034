import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { beforeAll, expect, it } from 'vitest';
import { bootstrapForge } from '../src/gitea/bootstrap-forge.ts';
import { openForge } from '../src/gitea/forge.ts';
import { describeGitea } from './describe-gitea.ts';
import type { GiteaUser } from './gitea-client.ts';
import { type Files, publishOnce } from './publish-once.ts';
import { requestOnce } from './request-once.ts';

/** Style → the setting of a repository that allows it (EditRepoOption of Gitea's API). */
const styles = {
  merge: 'allow_merge_commits',
  rebase: 'allow_rebase',
  'rebase-merge': 'allow_rebase_explicit',
  squash: 'allow_squash_merge',
  'fast-forward-only': 'allow_fast_forward_only_merge',
} as const;
type Style = keyof typeof styles;

const files = (cluster: string, text: string): Files => ({
  'components/app/install/configmap-app.yaml': `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${cluster}, namespace: app}\ndata:\n  greeting: ${text}\n`,
  'provenance.json': `{"from": "${text}"}\n`,
});

interface Pull {
  readonly number: number;
  readonly state: string;
  readonly mergeable: boolean;
  readonly head: { readonly ref: string; readonly sha: string };
}

describeGitea('merging on a real Gitea', (gitea) => {
  const onDisk = (name: string, ...args: readonly string[]): string =>
    execFileSync('git', ['-C', gitea.bare(name), ...args], { encoding: 'utf8' }).trim();
  const push = (url: string, cluster: string, text: string) =>
    publishOnce(url, files(cluster, text), {
      cluster,
      connect: { environment: { ...process.env, FLUXWRIGHT_GIT_TOKEN: gitea.admin.token }, idleSeconds: 30 },
    });
  const ask = (url: string, cluster: string, text: string) =>
    requestOnce(url, files(cluster, text), { cluster, user: gitea.admin });
  const pullOf = async (name: string, cluster: string): Promise<Pull> => {
    const open = await gitea.api<readonly Pull[]>('GET', `/repos/root1/${name}/pulls?state=open`);
    const found = open.find(({ head }) => head.ref === `fluxwright/${cluster}`);
    if (found === undefined) throw new Error(`no open pull request of ${cluster}`);
    return found;
  };
  /** A commit of a person on a cluster's branch, as somebody makes it in Gitea's editor. */
  const edit = (name: string, cluster: string, as: GiteaUser = gitea.admin) =>
    gitea.api(
      'POST',
      `/repos/root1/${name}/contents/clusters/${cluster}/by-hand.yaml`,
      { branch: `fluxwright/${cluster}`, message: 'By hand', content: Buffer.from('x: 1\n').toString('base64') },
      as,
    );
  const folder = (name: string, cluster: string): readonly string[] =>
    onDisk(name, 'ls-tree', '-r', '--name-only', `main:clusters/${cluster}`).split('\n');
  const proved = ['.fluxwright.json', 'components/app/install/configmap-app.yaml', 'provenance.json'];

  // Each repository begins with these two clusters, published once.
  beforeAll(async () => {
    const url = await gitea.repository('two-clusters');
    for (const cluster of ['one', 'two']) await push(url, cluster, 'first');
  });

  async function repository(name: string, style: Style): Promise<string> {
    const url = await gitea.repository(name);
    const authorized = url.replace('://', `://root1:${gitea.admin.token}@`);
    await promisify(execFile)('git', ['-C', gitea.bare('two-clusters'), 'push', '--quiet', authorized, 'main']);
    const allowed = Object.entries(styles).map(([each, setting]) => [setting, each === style]);
    await gitea.api('PATCH', `/repos/root1/${name}`, { ...Object.fromEntries(allowed), default_merge_style: style });
    return url;
  }
  /** What main holds of a cluster is the proved tree with this text, and nothing else. */
  const expectProved = (name: string, cluster: string, text: string): void => {
    expect(folder(name, cluster)).toEqual(proved);
    for (const [path, content] of Object.entries(files(cluster, text)))
      expect(`${onDisk(name, 'show', `main:clusters/${cluster}/${path}`)}\n`).toBe(content);
  };
  /** A person edits the branch of the cluster one, and publish is asked again: the edit is kept elsewhere, and told. */
  async function setsAsideAnEdit(url: string, name: string, text: string): Promise<void> {
    await edit(name, 'one');
    const [foreign, main] = ['fluxwright/one', 'main'].map((each) => onDisk(name, 'rev-parse', each));
    expect(await ask(url, 'one', text)).toMatchObject({ status: 'published', diagnostics: [] });
    expect(onDisk(name, 'rev-parse', 'fluxwright/one^')).toBe(main);
    expect(onDisk(name, 'rev-parse', `fluxwright-aside/one-${foreign?.slice(0, 10)}`)).toBe(foreign);
    const { number } = await pullOf(name, 'one');
    const comments = await gitea.api<readonly { body: string }[]>(
      'GET',
      `/repos/root1/${name}/issues/${number}/comments`,
    );
    expect(comments.map(({ body }) => body).join()).toContain(`${foreign} \`By hand\``);
  }
  const merge = (name: string, number: number, style: Style, as: GiteaUser = gitea.admin) =>
    gitea.api('POST', `/repos/root1/${name}/pulls/${number}/merge`, { Do: style }, as);

  it.concurrent.each(Object.keys(styles) as readonly Style[])(
    '%s gives the proved trees of several clusters, round after round, and nothing of anybody else',
    async (style) => {
      const name = `style-${style}`;
      const url = await repository(name, style);
      for (const round of ['second', 'third']) {
        for (const cluster of ['one', 'two'])
          expect(await ask(url, cluster, round)).toMatchObject({ status: 'published', diagnostics: [] });
        if (round === 'second') await setsAsideAnEdit(url, name, round);
        await gitea.merge(name, (await pullOf(name, 'one')).number, style);
        // The other branch is behind now.
        expect(await ask(url, 'two', round)).toMatchObject({ status: 'published', diagnostics: [] });
        await gitea.merge(name, (await pullOf(name, 'two')).number, style);
        for (const cluster of ['one', 'two']) expectProved(name, cluster, round);
      }
      for (const cluster of ['one', 'two'])
        expect(await ask(url, cluster, 'third')).toMatchObject({ status: 'unchanged' });
      expect(onDisk(name, 'log', '--format=', '--name-only', 'main')).not.toContain('by-hand');
      // No branch of ours is left, and nothing of the person's is lost.
      expect(onDisk(name, 'for-each-ref', '--format=%(refname:short)', 'refs/heads').split('\n')).toEqual([
        expect.stringMatching(/^fluxwright-aside\/one-/),
        'main',
      ]);
    },
  );

  it.concurrent.each(Object.keys(styles) as readonly Style[])(
    '%s gives nothing where the cluster was published otherwise since',
    async (style) => {
      const name = `stale-${style}`;
      const url = await repository(name, style);
      await ask(url, 'one', 'second');
      await push(url, 'one', 'other');
      const main = onDisk(name, 'rev-parse', 'main');
      const { number } = await pullOf(name, 'one');
      // Not only since Gitea, which looks in the background, has not looked yet: the two collide.
      const merged = spawnSync('git', ['-C', gitea.bare(name), 'merge-tree', '--write-tree', 'main', 'fluxwright/one']);
      expect([merged.status, String(merged.stdout)]).toEqual([1, expect.stringContaining('CONFLICT')]);
      for (let tries = 0; tries < 8; tries += 1) {
        await expect(merge(name, number, style)).rejects.toThrow(/: (40[59]|500) /);
        await pause(250);
      }
      expect(onDisk(name, 'rev-parse', 'main')).toBe(main);
      expect(await ask(url, 'one', 'second')).toMatchObject({ status: 'published', diagnostics: [] });
      await gitea.merge(name, number, style);
      expectProved(name, 'one', 'second');
    },
  );

  it('what bootstrap-forge protects is merged only as it was approved and proved, and on the tip', async () => {
    const url = await repository('guarded', 'merge');
    const [ada, ben] = [await gitea.user('ada'), await gitea.user('ben')];
    for (const { name } of [ada, ben])
      await gitea.api('PUT', `/repos/root1/guarded/collaborators/${name}`, { permission: 'write' });
    const forge = openForge({ url, credential: { username: 'x', token: gitea.admin.token } });
    await bootstrapForge(forge, { protect: { branch: 'main', approvals: 1 } });
    expect(await gitea.api('GET', '/repos/root1/guarded/branch_protections/main')).toMatchObject({
      dismiss_stale_approvals: true,
      block_on_outdated_branch: true,
      required_approvals: 1,
    });
    const approve = async (cluster: string) =>
      gitea.api(
        'POST',
        `/repos/root1/guarded/pulls/${(await pullOf('guarded', cluster)).number}/reviews`,
        { event: 'APPROVED', body: 'good' },
        ada,
      );
    const mayMerge = async (cluster: string): Promise<string | undefined> => {
      const { number } = await pullOf('guarded', cluster);
      for (let tries = 0; ; tries += 1) {
        try {
          await merge('guarded', number, 'merge', ben);
          return undefined;
        } catch (error) {
          const { message } = error as Error;
          // Gitea looks in the background whether the branches can be merged at all, and says so until it has.
          if (!message.includes('Please try again later') || tries === 120) return message;
          await pause(250);
        }
      }
    };
    for (const cluster of ['one', 'two']) await ask(url, cluster, 'second');
    expect(await mayMerge('one')).toContain('approvals');
    for (const cluster of ['one', 'two']) await approve(cluster);
    await edit('guarded', 'one', ben);
    // Neither approved nor proved any more.
    expect(await mayMerge('one')).toMatch(/approvals|status/);
    await ask(url, 'one', 'second');
    expect(await mayMerge('one')).toContain('approvals');
    await approve('one');
    await gitea.merge('guarded', (await pullOf('guarded', 'one')).number, 'merge', ben);
    // Approved and proved, but for another tip.
    expect(await mayMerge('two')).toMatch(/outdated|behind/);
    await ask(url, 'two', 'second');
    // The difference is the one that was approved, so the approval stays.
    await gitea.merge('guarded', (await pullOf('guarded', 'two')).number, 'merge', ben);
    for (const cluster of ['one', 'two']) expectProved('guarded', cluster, 'second');
  });

  it('a protection that leaves content unproved is told, and not changed', async () => {
    const url = await repository('open', 'merge');
    await gitea.api('POST', '/repos/root1/open/branch_protections', { rule_name: 'main', enable_push: false });
    const forge = openForge({ url, credential: { username: 'x', token: gitea.admin.token } });
    const steps = await bootstrapForge(forge, { protect: { branch: 'main', approvals: 1 } });
    expect(steps.filter(({ action }) => action === 'lacks')).toEqual([
      {
        action: 'lacks',
        what: 'protection of main: block_on_rejected_reviews, block_on_outdated_branch, dismiss_stale_approvals, status_check_contexts: fluxwright/validate; unproved content can be merged',
      },
    ]);
  });
});
