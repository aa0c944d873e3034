import { execFileSync } from 'node:child_process';
import { createServer, request as forward, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { formatOutcome } from '../src/format-outcome.ts';
import { describeGitea } from './describe-gitea.ts';
import { codes, type Files, publishOnce } from './publish-once.ts';
import { requestOnce } from './request-once.ts';

const files = (text: string): Files => ({
  'a.yaml': `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: app}\ndata: {greeting: ${text}}\n`,
});

interface Pull {
  readonly number: number;
  readonly state: string;
  readonly body: string;
}

describeGitea('people and a pull request, on a real Gitea', (gitea) => {
  const as = () => ({
    connect: { environment: { ...process.env, FLUXWRIGHT_GIT_TOKEN: gitea.admin.token }, idleSeconds: 30 },
  });
  const pulls = (name: string) => gitea.api<readonly Pull[]>('GET', `/repos/root1/${name}/pulls?state=all&sort=oldest`);
  const repository = async (name: string): Promise<string> => {
    const url = await gitea.repository(name);
    await publishOnce(url, files('Hello'), as());
    return url;
  };
  const ask = (url: string, text: string, options: Partial<Parameters<typeof requestOnce>[2]> = {}) =>
    requestOnce(url, files(text), { user: gitea.admin, ...options });
  const close = (name: string, number: number) =>
    gitea.api('PATCH', `/repos/root1/${name}/pulls/${number}`, { state: 'closed' });

  it('one that a person closed is not opened again for the same change; the next one names it', async () => {
    const url = await repository('closed');
    await ask(url, 'Moin');
    await close('closed', 1);
    const declined = await ask(url, 'Moin');
    expect(declined).toMatchObject({ status: 'declined', diagnostics: [] });
    expect(formatOutcome(declined)).toMatch(
      /^one: not published, http.*\/pulls\/1 was closed without a merge; reopen it there, or publish with --reopen\n$/,
    );
    expect(await pulls('closed')).toHaveLength(1);
    // Closed with its branch: the no stands.
    await gitea.api('DELETE', '/repos/root1/closed/branches/fluxwright%2Fone');
    expect((await ask(url, 'Moin')).status).toBe('declined');
    expect((await ask(url, 'Servus')).status).toBe('published');
    expect((await pulls('closed'))[1]?.body).toMatch(
      /^Pull request #1, which asked for another change of this cluster, was closed without a merge\./,
    );
    await close('closed', 2);
    expect((await ask(url, 'Servus', { reopen: true })).status).toBe('published');
    expect((await pulls('closed')).map(({ state }) => state)).toEqual(['closed', 'closed', 'open']);
    // What we close ourselves is nobody's no.
    expect((await ask(url, 'Hello')).status).toBe('unchanged');
    expect((await ask(url, 'Servus')).status).toBe('published');
  });

  it('one that is opened by somebody else meanwhile is taken over', async () => {
    const url = await repository('raced');
    await ask(url, 'Moin');
    let looks = 0;
    const outcome = await ask(url, 'Servus', {
      withForge: (forge) => {
        const { repos } = forge.api;
        const list = repos.repoListPullRequests;
        // As it was a moment ago: nothing open.
        repos.repoListPullRequests = async (owner, name, query, params) => {
          const answer = await list(owner, name, query, params);
          if (query?.state !== 'open' || looks >= 2) return answer;
          looks += 1;
          return Object.assign(answer, { data: [] });
        };
        return forge;
      },
    });
    expect(looks).toBe(2);
    expect(outcome).toMatchObject({ status: 'published', diagnostics: [] });
    expect(await pulls('raced')).toMatchObject([{ number: 1, state: 'open', body: expect.stringContaining('Servus') }]);
  });

  it('a plan that is too long is shortened in the body and whole in a file', async () => {
    const url = await repository('long');
    const many = (text: string): Files =>
      Object.fromEntries(
        Array.from({ length: 201 }, (_, index) => [
          `c${index}.yaml`,
          `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c${index}, namespace: app}\ndata:\n${Array.from({ length: 10 }, (_, line) => `  line-${line}: ${text}-${'x'.repeat(80)}\n`).join('')}`,
        ]),
      );
    await publishOnce(url, many('old'), as());
    for (const text of ['new', 'newer']) {
      await requestOnce(url, many(text), { user: gitea.admin });
      const [pull] = await pulls('long');
      expect(pull?.body).toContain('ConfigMap app/c200 ');
      expect(pull?.body).toContain('all of it is in the file plan.txt below');
      const assets = await gitea.api<readonly { name: string; browser_download_url: string }[]>(
        'GET',
        '/repos/root1/long/issues/1/assets',
      );
      expect(assets.map(({ name }) => name)).toEqual(['plan.txt']);
      const headers = { authorization: `token ${gitea.admin.token}` };
      const whole = await (await fetch(assets[0]?.browser_download_url ?? '', { headers })).text();
      expect(whole.match(new RegExp(`-> |→ "${text}-`, 'g'))).toHaveLength(2010);
    }
  });

  it('the scopes that the help names are enough, and each is needed', async () => {
    const url = await repository('scopes');
    const names = { both: ['write:repository', 'write:issue'], code: ['write:repository'] } as const;
    for (const [name, scopes] of Object.entries(names)) {
      const user = await gitea.user(`scopes-${name}`, scopes);
      await gitea.api('PUT', `/repos/root1/scopes/collaborators/${user.name}`, { permission: 'write' });
      const outcome = await ask(url, name, { user, labels: [`label-${name}`], reviewers: ['root1'] });
      if (name === 'both') expect(outcome).toMatchObject({ status: 'published', diagnostics: [] });
      else expect(outcome.diagnostics[0]?.help).toMatch(/^give the token the scope read:issue; .*write:issue/);
    }
  });

  it('a repository that was renamed is refused by push and pull request alike, and the new address is named', async () => {
    const url = await repository('old-name');
    await gitea.api('PATCH', '/repos/root1/old-name', { name: 'new-name' });
    const before = execFileSync('git', ['-C', gitea.bare('new-name'), 'rev-parse', 'main'], { encoding: 'utf8' });
    for (const outcome of [await publishOnce(url, files('Moin'), as()), await ask(url, 'Moin')]) {
      expect(codes(outcome)).toEqual(['publish/missing-repository']);
      expect(outcome.diagnostics[0]?.message).toContain(`${url} has moved`);
      expect(outcome.diagnostics[0]?.help).toContain(`set git.url to ${gitea.url}/root1/new-name.git`);
    }
    expect(execFileSync('git', ['-C', gitea.bare('new-name'), 'rev-parse', 'main'], { encoding: 'utf8' })).toBe(before);
  });

  it('a push whose answer is lost is published all the same, to its branch or to main', async () => {
    await repository('lossy-line');
    let lost = 0;
    const proxy = startProxy((url) => {
      if (!url.endsWith('/git-receive-pack') || lost > 0) return false;
      lost += 1;
      return true;
    });
    await new Promise<void>((done) => proxy.listen(0, '127.0.0.1', done));
    const url = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}/root1/lossy-line.git`;
    expect(await ask(url, 'Moin')).toMatchObject({ status: 'published', diagnostics: [] });
    lost = 0;
    expect(await ask(url, 'Servus')).toMatchObject({ status: 'published', diagnostics: [] });
    expect(lost).toBe(1);
    expect(await pulls('lossy-line')).toMatchObject([{ state: 'open', body: expect.stringContaining('Servus') }]);
    for (const text of ['Ciao', 'Salut']) {
      lost = 0;
      expect(await publishOnce(url, files(text), as())).toMatchObject({ status: 'published', written: 2 });
      expect(lost).toBe(1);
    }
    proxy.closeAllConnections();
    await new Promise((done) => proxy.close(done));
  });

  /** Hands requests on to Gitea; of those that `loses` names the answer never arrives. */
  function startProxy(loses: (url: string) => boolean): Server {
    const { hostname, port } = new URL(gitea.url);
    return createServer((from, to) => {
      const { method, url = '', headers } = from;
      const isLost = loses(url);
      from.pipe(
        forward({ hostname, port, method, path: url, headers }, (answer) => {
          if (isLost) {
            answer.resume().on('end', () => to.socket?.destroy());
            return;
          }
          to.writeHead(answer.statusCode ?? 502, answer.headers);
          answer.pipe(to);
        }),
      );
    });
  }
});
