import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { request as forward } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { PullRequestOptions } from '../src/examine-proposal.ts';
import { bootstrapForge } from '../src/gitea/bootstrap-forge.ts';
import { openForge } from '../src/gitea/forge.ts';
import { makeCertificate } from './certificate.ts';
import { describeGitea } from './describe-gitea.ts';
import { claim, fluxFiles } from './flux-files.ts';
import type { GiteaUser } from './gitea-client.ts';
import { codes, type Files, publishOnce } from './publish-once.ts';
import { requestOnce } from './request-once.ts';

const configMap = (text: string): Files => ({
  'components/app/install/configmap-app.yaml': `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: app, namespace: app}\ndata:\n  greeting: ${text}\n`,
});

interface Pull {
  readonly number: number;
  readonly state: string;
  readonly title: string;
  readonly body: string;
  readonly merged: boolean;
  readonly labels: readonly { readonly name: string }[];
  readonly head: { readonly sha: string };
  readonly requested_reviewers: readonly { readonly login: string }[] | null;
}

describeGitea('a real Gitea', (gitea) => {
  const as = (user: GiteaUser) => ({
    connect: { environment: { ...process.env, FLUXWRIGHT_GIT_TOKEN: user.token }, idleSeconds: 30 },
  });
  const pulls = (name: string): Promise<readonly Pull[]> => gitea.api('GET', `/repos/root1/${name}/pulls?state=all`);

  const onDisk = (name: string, ...args: readonly string[]): string =>
    execFileSync('git', ['-C', gitea.bare(name), ...args], { encoding: 'utf8' }).trim();

  const request = (url: string, files: Files, options: Partial<PullRequestOptions> = {}, caFile?: string) =>
    requestOnce(url, files, { ...options, user: gitea.admin, ...(caFile !== undefined && { caFile }) });

  describe('push', () => {
    it('publishes, and then has nothing to do', async () => {
      const url = await gitea.repository('push');
      expect(await publishOnce(url, configMap('Hello'), as(gitea.admin))).toMatchObject({ status: 'published' });
      const again = await publishOnce(url, configMap('Hello'), as(gitea.admin));
      expect(again.status).toBe('unchanged');
      expect(again.commit).toBe(onDisk('push', 'rev-parse', 'main'));
    });

    it('loses none of five publishers at once', async () => {
      const url = await gitea.repository('five');
      await publishOnce(url, configMap('first'), as(gitea.admin));
      const names = Array.from({ length: 5 }, (_, index) => `c${index}`);
      const outcomes = await Promise.all(
        names.map((cluster) => publishOnce(url, configMap(cluster), { ...as(gitea.admin), cluster })),
      );
      expect(outcomes.map(({ status, diagnostics }) => [status, diagnostics])).toEqual(
        names.map(() => ['published', []]),
      );
      expect(onDisk('five', 'rev-list', '--count', 'main')).toBe('6');
    });

    it('tells a wrong token, a token without scope, a stranger and a missing repository apart', async () => {
      const url = await gitea.repository('rights');
      await publishOnce(url, configMap('Hello'), as(gitea.admin));
      const wrong = { name: 'x', token: '0'.repeat(40) };
      expect(codes(await publishOnce(url, configMap('x'), as(wrong)))).toEqual(['publish/unauthorized']);
      const stranger = await gitea.user('stranger');
      expect(codes(await publishOnce(url, configMap('x'), as(stranger)))).toEqual(['publish/missing-repository']);
      const reader = await gitea.user('reader');
      await gitea.api('PUT', '/repos/root1/rights/collaborators/reader', { permission: 'read' });
      expect(codes(await publishOnce(url, configMap('x'), as(reader)))[0]).toMatch(/^publish\/(refused|unauthorized)$/);
      const scoped = await gitea.user('scoped', ['read:repository', 'read:user']);
      await gitea.api('PUT', '/repos/root1/rights/collaborators/scoped', { permission: 'write' });
      expect(codes(await publishOnce(url, configMap('x'), as(scoped)))[0]).toMatch(/^publish\/(refused|unauthorized)$/);
      expect(codes(await publishOnce(`${gitea.url}/root1/nowhere.git`, configMap('x'), as(gitea.admin)))).toEqual([
        'publish/missing-repository',
      ]);
    });

    it('is refused by a protected branch, and says what to do instead', async () => {
      const url = await gitea.repository('protected');
      await publishOnce(url, configMap('Hello'), as(gitea.admin));
      await gitea.api('POST', '/repos/root1/protected/branch_protections', { rule_name: 'main', enable_push: false });
      const outcome = await publishOnce(url, configMap('Moin'), as(gitea.admin));
      expect(codes(outcome)).toEqual(['publish/refused']);
      expect(outcome.diagnostics[0]?.help).toContain('--mode=pull-request');
      expect(JSON.stringify(outcome)).not.toContain(gitea.admin.token);
    });
  });

  describe('a pull request', () => {
    it('is opened, updated in place, merged, and closed when nothing is left', async () => {
      const url = await gitea.repository('pulls');
      const reviewer = await gitea.user('reviewer');
      await gitea.api('PUT', `/repos/root1/pulls/collaborators/${reviewer.name}`, { permission: 'write' });
      await publishOnce(url, configMap('Hello'), as(gitea.admin));
      const first = await request(url, configMap('Moin'), { reviewers: ['reviewer'] });
      expect(first).toMatchObject({ status: 'published', diagnostics: [] });
      const [opened] = await pulls('pulls');
      expect(opened).toMatchObject({
        state: 'open',
        title: 'Publish one: 1 object changed',
        head: { sha: first.commit },
      });
      expect(opened?.body).toContain('~ data.greeting: "Hello" → "Moin"');
      expect(opened?.labels.map(({ name }) => name)).toEqual(['gitops']);
      expect(opened?.requested_reviewers?.map(({ login }) => login)).toEqual(['reviewer']);
      const status = await gitea.api<readonly { context: string; status: string; description: string }[]>(
        'GET',
        `/repos/root1/pulls/statuses/${first.commit}`,
      );
      expect(status).toMatchObject([
        { context: 'fluxwright/validate', status: 'success', description: 'validated, 2 warnings' },
      ]);

      expect(await request(url, configMap('Moin'))).toMatchObject({ status: 'unchanged', commit: first.commit });
      const second = await request(url, configMap('Servus'));
      expect(second.status).toBe('published');
      const [updated, ...others] = await pulls('pulls');
      expect(others).toEqual([]);
      expect(updated).toMatchObject({ number: opened?.number, head: { sha: second.commit } });
      expect(updated?.body).toContain('"Servus"');
      // One commit on the tip, always.
      expect(onDisk('pulls', 'rev-parse', 'fluxwright/one^')).toBe(onDisk('pulls', 'rev-parse', 'main'));

      await gitea.merge('pulls', opened?.number ?? 0);
      expect(await request(url, configMap('Servus'))).toMatchObject({ status: 'unchanged' });
      expect((await pulls('pulls')).map(({ state }) => state)).toEqual(['closed']);

      await request(url, configMap('Ciao'));
      expect(await request(url, configMap('Servus'))).toMatchObject({ status: 'unchanged' });
      const all = await pulls('pulls');
      expect(all.map(({ state, merged }) => [state, merged])).toEqual([
        ['closed', false],
        ['closed', true],
      ]);
      const branches = await gitea.api<readonly { name: string }[]>('GET', '/repos/root1/pulls/branches');
      expect(branches.map(({ name }) => name)).toEqual(['main']);
    });

    it('takes over what moved in the target branch, so that a merge mixes no two trees', async () => {
      const url = await gitea.repository('moved');
      await publishOnce(url, { ...configMap('Hello'), 'a.yaml': 'a: 1\n' }, as(gitea.admin));
      await request(url, { ...configMap('Moin'), 'a.yaml': 'a: 1\n' });
      await publishOnce(url, { ...configMap('Hello'), 'a.yaml': 'a: 2\n' }, as(gitea.admin));
      await publishOnce(url, configMap('two'), { ...as(gitea.admin), cluster: 'two' });
      const outcome = await request(url, { ...configMap('Moin'), 'a.yaml': 'a: 1\n' });
      expect(outcome).toMatchObject({ status: 'published', diagnostics: [] });
      const [pull] = await pulls('moved');
      expect(pull?.body).toContain('1 object changed');
      await gitea.merge('moved', pull?.number ?? 0);
      expect((await publishOnce(url, { ...configMap('Moin'), 'a.yaml': 'a: 1\n' }, as(gitea.admin))).status).toBe(
        'unchanged',
      );
      expect((await publishOnce(url, configMap('two'), { ...as(gitea.admin), cluster: 'two' })).status).toBe(
        'unchanged',
      );
    });

    it('is refused where it would lose data, and opens nothing', async () => {
      const url = await gitea.repository('lossy');
      const shop = (objects: Files): Files =>
        fluxFiles({
          shop: {
            objects: {
              'configmap.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: shop}\n',
              ...objects,
            },
          },
        });
      await publishOnce(url, shop({ 'claim.yaml': claim('data') }), as(gitea.admin));
      expect(codes(await request(url, shop({})))).toEqual(['change/data-loss']);
      expect(onDisk('lossy', 'for-each-ref', '--format=%(refname)', 'refs/heads')).toBe('refs/heads/main');
      const meant = await request(url, shop({}), { acknowledge: ['PersistentVolumeClaim/shop/data'] });
      expect(meant.status).toBe('published');
      // The first one there is.
      expect(await pulls('lossy')).toMatchObject([{ number: 1 }]);
      expect((await pulls('lossy'))[0]?.body).toMatch(
        /⚠️ `PersistentVolumeClaim shop\/data` `is deleted.*\(acknowledged\)`/,
      );
    });

    it('goes through TLS with a CA of one’s own, and only with it', async () => {
      await gitea.repository('tls');
      const { folder, file, pair } = makeCertificate();
      const { port, hostname } = new URL(gitea.url);
      const proxy = createServer(pair, (from, to) => {
        const { method, url, headers } = from;
        from.pipe(
          forward({ hostname, port, method, path: url, headers }, (answer) => {
            to.writeHead(answer.statusCode ?? 502, answer.headers);
            answer.pipe(to);
          }),
        );
      });
      await new Promise<void>((done) => proxy.listen(0, '127.0.0.1', done));
      const url = `https://127.0.0.1:${(proxy.address() as AddressInfo).port}/root1/tls.git`;
      const ask = (caFile?: string) => request(url, configMap('Moin'), {}, caFile);
      await publishOnce(url, configMap('Hello'), { connect: { ...as(gitea.admin).connect, caFile: file } });
      expect(codes(await ask())).toEqual(['publish/unreachable']);
      expect(await ask(file)).toMatchObject({ status: 'published', diagnostics: [] });
      const untrusted = openForge({ url, credential: { username: 'x', token: gitea.admin.token } });
      await expect(bootstrapForge(untrusted, {})).rejects.toMatchObject({ finding: { code: 'publish/unreachable' } });
      proxy.closeAllConnections();
      await new Promise((done) => proxy.close(done));
      rmSync(folder, { recursive: true });
    });

    it('with a reviewer who does not exist is told with Gitea’s words, and is whole all the same', async () => {
      const url = await gitea.repository('nobody');
      await publishOnce(url, configMap('Hello'), as(gitea.admin));
      const outcome = await request(url, configMap('Moin'), { reviewers: ['nobody-here'] });
      expect(codes(outcome)).toEqual(['publish/forge']);
      expect(outcome.diagnostics[0]?.message).toContain('ask nobody-here for a review');
      expect(outcome).toMatchObject({ status: 'published', pullRequest: expect.stringContaining('/pulls/1') });
      const statuses = await gitea.api<readonly unknown[]>('GET', `/repos/root1/nobody/statuses/${outcome.commit}`);
      expect(statuses).toMatchObject([{ context: 'fluxwright/validate', status: 'success' }]);
    });
  });

  describe('bootstrap', () => {
    const key = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJqmQ8zGx1V3a8KGmZkIYlqMTSwRbuBUMdrPPyxJYd1J flux@cluster';
    const wishes = { deployKey: { title: 'flux', key }, protect: { branch: 'main', approvals: 0 } };
    const forge = () =>
      openForge({ url: `${gitea.url}/platform/fleet.git`, credential: { username: 'x', token: gitea.admin.token } });

    it('says what it would make and makes nothing', async () => {
      const steps = await bootstrapForge(forge(), { ...wishes, dryRun: true });
      expect(steps.map(({ action }) => action)).toEqual(Array(4).fill('would make'));
      await expect(gitea.api('GET', '/orgs/platform')).rejects.toThrow('404');
    });

    it('makes all of it once, and what it protects takes pull requests only', async () => {
      expect((await bootstrapForge(forge(), wishes)).map(({ action }) => action)).toEqual(Array(4).fill('made'));
      expect((await bootstrapForge(forge(), wishes)).map(({ action }) => action)).toEqual(Array(4).fill('exists'));
      const repository = await gitea.api<{ private: boolean; empty: boolean }>('GET', '/repos/platform/fleet');
      expect(repository).toMatchObject({ private: true, empty: true });
      const url = `${gitea.url}/platform/fleet.git`;
      expect(codes(await publishOnce(url, configMap('Hello'), as(gitea.admin)))).toEqual(['publish/refused']);
    });

    it('makes a user that may publish here and nowhere else, with a token in a file of its own', async () => {
      const folder = mkdtempSync(join(tmpdir(), 'fluxwright-token-'));
      const user = { name: 'fleet-publisher', tokenFile: join(folder, 'token') };
      const there = openForge({
        url: `${gitea.url}/platform/users.git`,
        credential: { username: 'x', token: gitea.admin.token },
      });
      const what = async (dryRun?: boolean) =>
        (await bootstrapForge(there, { user, ...(dryRun !== undefined && { dryRun }) }))
          .filter((each) => each.what.includes(user.name))
          .map(({ action }) => action);
      expect(await what(true)).toEqual(['would make', 'would make']);
      expect(existsSync(user.tokenFile)).toBe(false);
      const made = await bootstrapForge(there, { user });
      expect(made.map(({ action }) => action)).toEqual(['exists', 'made', 'made', 'made']);
      const token = readFileSync(user.tokenFile, 'utf8').trim();
      expect(statSync(user.tokenFile).mode & 0o777).toBe(0o600);
      expect(token).toMatch(/^[0-9a-f]{40}$/);
      expect(JSON.stringify(made)).not.toContain(token);
      expect(await what()).toEqual(['exists', 'exists']);
      expect(readFileSync(user.tokenFile, 'utf8').trim()).toBe(token);

      const own = { name: user.name, token };
      const url = `${gitea.url}/platform/users.git`;
      expect((await publishOnce(url, configMap('Hello'), as(own))).status).toBe('published');
      const others = await gitea.repository('not-yours');
      expect(codes(await publishOnce(others, configMap('Hello'), as(own)))).toEqual(['publish/missing-repository']);
      await expect(gitea.api('GET', '/user', undefined, own)).rejects.toThrow('403');
      rmSync(folder, { recursive: true });
    });

    it('overwrites no token file, and makes no user then', async () => {
      const folder = mkdtempSync(join(tmpdir(), 'fluxwright-token-'));
      const user = { name: 'second-publisher', tokenFile: join(folder, 'token') };
      writeFileSync(user.tokenFile, 'in use');
      await expect(bootstrapForge(forge(), { user })).rejects.toMatchObject({
        name: 'ForgeFailure',
        finding: { code: 'publish/forge', message: expect.stringContaining('a token is never overwritten') },
      });
      await expect(gitea.api('GET', `/users/${user.name}`)).rejects.toThrow('404');
      expect(readFileSync(user.tokenFile, 'utf8')).toBe('in use');
      rmSync(folder, { recursive: true });
    });

    it('is refused to who may not', async () => {
      const nobody = await gitea.user('nobody1');
      const theirs = openForge({
        url: `${gitea.url}/platform/other.git`,
        credential: { username: 'x', token: nobody.token },
      });
      await expect(bootstrapForge(theirs, {})).rejects.toMatchObject({
        name: 'ForgeFailure',
        finding: { code: 'publish/forge' },
      });
    });
  });
});
