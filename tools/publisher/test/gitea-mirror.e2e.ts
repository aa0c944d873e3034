import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { until } from '../../e2e/src/index.ts';
import { tryRun } from '../../e2e/src/run.ts';
import { password } from './gitea-client.ts';
import { type GiteaServer, giteaAvailable, startGitea } from './gitea-server.ts';

// The script of the sample pair's trees, run on two real servers: each repository has one home and one copy, and never goes back.

const generated = resolve(import.meta.dirname, '../../../generated');
const script = (cluster: string): string =>
  parse(readFileSync(resolve(generated, cluster, 'components/gitea/pair/configmap-gitea-mirror.yaml'), 'utf8')).data[
    'mirror.sh'
  ];

describe.skipIf(!giteaAvailable())(
  `mirrors of a pair${giteaAvailable() ? '' : ' (skipped: no Gitea is built)'}`,
  () => {
    let one: GiteaServer;
    let two: GiteaServer;
    beforeAll(async () => {
      // Gitea mirrors to no address of the machine itself unless it is told to.
      const allowed = { more: '[migrations]\nALLOW_LOCALNETWORKS = true\n' };
      one = await startGitea(allowed);
      two = await startGitea(allowed);
    });
    afterAll(async () => {
      await one?.stop();
      await two?.stop();
    });

    const sides = () => ({
      one: {
        here: one,
        there: two,
        self: 'hetzner-fsn1',
        peer: 'hetzner-nbg1',
        let: 'password-of-nbg1',
        own: 'password-of-fsn1',
      },
      two: {
        here: two,
        there: one,
        self: 'hetzner-nbg1',
        peer: 'hetzner-fsn1',
        let: 'password-of-fsn1',
        own: 'password-of-nbg1',
      },
    });

    /** Runs the script of one side as its CronJob does; what it says, and its exit code. */
    async function run(side: 'one' | 'two', repositories: string, more: Readonly<Record<string, string>> = {}) {
      const { here, there, self, peer, let: letIn, own } = sides()[side];
      const env = {
        PATH: process.env.PATH,
        GITEA: here.url,
        DOMAIN: 'example.invalid',
        SELF: self,
        PEER: peer,
        PEER_GITEA: there.url,
        REPOSITORIES: repositories,
        INTERVAL: '10m0s',
        ADMIN: here.admin.name,
        ADMIN_PASSWORD: password,
        ACCOUNT: `mirror-${peer}`,
        ACCOUNT_PASSWORD: letIn,
        PEER_ACCOUNT: `mirror-${self}`,
        PEER_PASSWORD: own,
        ...more,
      };
      const { code, stdout, stderr } = await tryRun('sh', ['-s'], { env, input: script(self) });
      return { code, said: stdout + stderr };
    }

    async function commits(server: GiteaServer, repository: string): Promise<readonly string[]> {
      const found = await server.api<readonly { sha: string }[]>('GET', `/repos/${repository}/commits?limit=50`);
      return found.map(({ sha }) => sha);
    }

    const untilEqual = (repository: string, copy: string): Promise<true> =>
      until(
        15,
        async () => {
          const there = await commits(two, copy).catch(() => []);
          const isEqual = there.length > 0 && there[0] === (await commits(one, repository))[0];
          return isEqual ? (true as const) : undefined;
        },
        async () => `${copy} does not become ${repository}`,
      );

    const write = (file: string) =>
      one.api('POST', `/repos/root1/fleet/contents/${file}`, { content: btoa(file), message: file });

    test('a cluster that is alone lets the other in, and fails until that has let it in', async () => {
      await one.repository('fleet', { auto_init: true });
      const first = await run('one', 'root1/fleet');
      expect(first.code).not.toBe(0);
      expect(first.said).toContain('made the organisation mirror-of-hetzner-nbg1');
      expect((await run('two', 'root1/later')).said).toBe(
        'made the account mirror-hetzner-fsn1\nmade the organisation mirror-of-hetzner-fsn1\nroot1/later: not here yet\n',
      );
    });

    test('then its repository is copied, with what comes later, and a second run changes nothing', async () => {
      expect((await run('one', 'root1/fleet')).said).toContain('root1/fleet: mirrored to');
      await untilEqual('root1/fleet', 'mirror-of-hetzner-fsn1/root1--fleet');
      await write('later.txt');
      await untilEqual('root1/fleet', 'mirror-of-hetzner-fsn1/root1--fleet');
      expect(await run('one', 'root1/fleet')).toEqual({ code: 0, said: '' });
      expect(await one.api('GET', '/repos/root1/fleet/push_mirrors')).toHaveLength(1);
    });

    test('nobody but the account of the mirror writes the copy, and that account nothing else', async () => {
      const person = await two.user('person');
      await expect(
        two.api('POST', '/repos/mirror-of-hetzner-fsn1/root1--fleet/contents/x', { content: '', message: 'x' }, person),
      ).rejects.toThrow();
      const answer = await fetch(`${two.url}/api/v1/user/repos`, {
        method: 'POST',
        headers: {
          authorization: `Basic ${btoa('mirror-hetzner-fsn1:password-of-fsn1')}`,
          'content-type': 'application/json',
        },
        body: JSON.stringify({ name: 'own' }),
      });
      expect(answer.ok).toBe(false);
    });

    test('a password that is new over there is taken up', async () => {
      const renewed = 'renewed-password-of-fsn1';
      expect((await run('two', '', { ACCOUNT_PASSWORD: renewed })).said).toBe(
        'gave mirror-hetzner-fsn1 its password again\n',
      );
      await write('refused.txt');
      for (let tries = 0; tries < 100; tries += 1) {
        const [mirror] = await one.api<readonly { last_error: string }[]>('GET', '/repos/root1/fleet/push_mirrors');
        if (mirror?.last_error !== '') break;
        await pause(100);
      }
      expect((await run('one', 'root1/fleet', { PEER_PASSWORD: renewed })).said).toContain('root1/fleet: mirrored to');
      await untilEqual('root1/fleet', 'mirror-of-hetzner-fsn1/root1--fleet');
    });
  },
);
