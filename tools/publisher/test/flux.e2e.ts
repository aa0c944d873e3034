import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compile } from '@fluxwright/compiler';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  kubectl,
  list,
  readyCondition,
  type Stack,
  stackAvailable,
  startStack,
  stopStack,
  until,
} from '../../e2e/src/index.ts';
import { run } from '../../e2e/src/run.ts';
import { publishClusters } from '../src/publish-clusters.ts';

/** A workspace of two components without charts. */
const sample = join(import.meta.dirname, '../../cli/test/fixtures/workspace');

describe.skipIf(!stackAvailable())('Flux takes what was published (skipped without ../shared/e2e)', () => {
  let stack: Stack;
  let root: string;
  /** Where `kubectl` is that of the stack. */
  let tools: string;
  beforeAll(async () => {
    stack = await startStack();
    root = mkdtempSync(join(tmpdir(), 'fluxwright-flux-'));
    tools = join(root, 'tools-of-the-test');
    mkdirSync(tools);
    symlinkSync(stack.kubectl, join(tools, 'kubectl'));
    cpSync(sample, root, { recursive: true });
    const defaults = join(root, 'clusters/defaults.yaml');
    const url = `${stack.gitea.url}/${stack.gitea.user}/fleet.git`;
    writeFileSync(
      defaults,
      readFileSync(defaults, 'utf8').replace(/url: [^,}\s]+/, `url: ${url}, secretRef: flux-system`),
    );
    await request('POST', '/user/repos', { name: 'fleet', private: true });
  });
  afterAll(async () => {
    await stopStack();
    rmSync(root, { recursive: true, force: true });
  });

  async function request(
    method: string,
    path: string,
    body: unknown,
    authorization = `token ${stack.gitea.token}`,
  ): Promise<unknown> {
    const headers = { authorization, 'content-type': 'application/json' };
    const response = await fetch(`${stack.gitea.url}/api/v1${path}`, { method, headers, body: JSON.stringify(body) });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return text === '' ? undefined : JSON.parse(text);
  }

  /** A token of a user that may read the repository and nothing else. */
  async function makeReader(): Promise<string> {
    const [username, password] = ['flux-reader', 'only-for-tests-1'];
    const email = 'flux-reader@example.invalid';
    await request('POST', '/admin/users', { username, password, email, must_change_password: false, restricted: true });
    await request('PUT', `/repos/${stack.gitea.user}/fleet/collaborators/${username}`, { permission: 'read' });
    const basic = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
    const asked = { name: 'flux', scopes: ['read:repository'] };
    const { sha1 } = (await request('POST', `/users/${username}/tokens`, asked, basic)) as { sha1: string };
    return sha1;
  }

  /** The commands of some steps of the page, as they stand on it, in the workspace. */
  async function follow(...steps: readonly number[]): Promise<void> {
    const page = readFileSync(join(import.meta.dirname, '../../../docs/tutorial/from-tree-to-flux.md'), 'utf8');
    for (const step of steps) {
      const text = page.split(`\n## ${step}. `)[1]?.split('\n## ')[0] ?? '';
      const blocks = [...text.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, block = '']) => block);
      expect(blocks).not.toEqual([]);
      const env = {
        ...process.env,
        CLUSTER: 'one',
        KUBECONFIG: stack.kubeconfig,
        PATH: `${tools}:${process.env.PATH}`,
      };
      for (const block of blocks) await run('sh', ['-e', '-c', block], { cwd: root, env });
    }
  }

  async function publish(): Promise<string> {
    await compile({ root, clusters: ['one'] });
    const environment = { ...process.env, FLUXWRIGHT_GIT_TOKEN: stack.gitea.token };
    const { outcomes, diagnostics } = await publishClusters({ root, clusters: ['one'], mode: 'push', environment });
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(outcomes).toMatchObject([{ status: 'published' }]);
    return outcomes[0]?.commit ?? '';
  }

  /** Waits until Flux has applied the commit with every FluxKustomization. */
  async function applied(commit: string): Promise<void> {
    await kubectl(stack, [
      'annotate',
      '--overwrite',
      'gitrepository/flux-system',
      '-n',
      'flux-system',
      `reconcile.fluxcd.io/requestedAt=${commit}`,
    ]);
    const all = () => list(stack, 'kustomizations.kustomize.toolkit.fluxcd.io');
    await until(
      120,
      async () => {
        const found = await all();
        const done = found.every((each) => {
          const { lastAppliedRevision = '' } = (each.status ?? {}) as { lastAppliedRevision?: string };
          return readyCondition(each)?.status === 'True' && lastAppliedRevision.endsWith(commit);
        });
        return found.length >= 4 && done ? true : undefined;
      },
      async () => JSON.stringify((await all()).map(({ metadata, status }) => [metadata.name, status])),
    );
  }

  it('applies the first commit and the next one', async () => {
    const first = await publish();
    // A token that may read and nothing else.
    const reader = await makeReader();
    writeFileSync(join(root, 'flux-token'), reader, { mode: 0o600 });
    await follow(4, 5, 6);
    await applied(first);
    const read = () => kubectl(stack, ['get', 'configmap', 'app', '-n', 'app', '-o', 'jsonpath={.data.greeting}']);
    expect(await read()).toBe('Hello');

    const values = join(root, 'components/app/values.yaml');
    writeFileSync(values, readFileSync(values, 'utf8').replace('Hello', 'Moin'));
    await applied(await publish());
    expect(await read()).toBe('Moin');
  });
});
