import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compile } from '@fluxwright/compiler';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  apply,
  kubectl,
  list,
  readyCondition,
  type Stack,
  stackAvailable,
  startStack,
  stopStack,
  until,
} from '../../e2e/src/index.ts';
import { publishClusters } from '../src/publish-clusters.ts';

/** A workspace of two components without charts. */
const sample = join(import.meta.dirname, '../../cli/test/fixtures/workspace');

describe.skipIf(!stackAvailable())('Flux takes what was published (skipped without ../shared/e2e)', () => {
  let stack: Stack;
  let root: string;
  beforeAll(async () => {
    stack = await startStack();
    root = mkdtempSync(join(tmpdir(), 'fluxwright-flux-'));
    cpSync(sample, root, { recursive: true });
    const defaults = join(root, 'clusters/defaults.yaml');
    const url = `${stack.gitea.url}/${stack.gitea.user}/fleet.git`;
    writeFileSync(defaults, readFileSync(defaults, 'utf8').replace(/url: [^,}\s]+/, `url: ${url}`));
    await request('POST', '/user/repos', { name: 'fleet', private: false });
  });
  afterAll(async () => {
    await stopStack();
    rmSync(root, { recursive: true, force: true });
  });

  async function request(method: string, path: string, body: unknown): Promise<void> {
    const headers = { authorization: `token ${stack.gitea.token}`, 'content-type': 'application/json' };
    const response = await fetch(`${stack.gitea.url}/api/v1${path}`, { method, headers, body: JSON.stringify(body) });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
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
    const system = ['gitrepository', 'kustomization'].map((kind) =>
      readFileSync(join(root, `generated/one/flux-system/${kind}-flux-system.yaml`), 'utf8'),
    );
    await apply(stack, system.join('\n---\n'));
    await applied(first);
    const read = () => kubectl(stack, ['get', 'configmap', 'app', '-n', 'app', '-o', 'jsonpath={.data.greeting}']);
    expect(await read()).toBe('Hello');

    const values = join(root, 'components/app/values.yaml');
    writeFileSync(values, readFileSync(values, 'utf8').replace('Hello', 'Moin'));
    await applied(await publish());
    expect(await read()).toBe('Moin');
  });
});
