import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { compile } from '../../src/commands/compile.ts';

const sample = resolve(import.meta.dirname, '../../../testing/fixtures/workspace');
let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'fluxwright-fleet-'));
  cpSync(sample, root, { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function cluster(name: string, spec: string): void {
  const file = join(root, 'clusters', name, 'cluster.yaml');
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(
    file,
    `apiVersion: fluxwright.dev/v1\nkind: Cluster\nmetadata: {name: ${name}}\nspec:\n  provider: hetzner\n  dns: cloudflare\n${spec}`,
  );
}

async function codes(...clusters: readonly string[]): Promise<readonly string[]> {
  const { diagnostics } = await compile({ root, cache: 'cache', ...(clusters.length > 0 && { clusters }) });
  return diagnostics.map(({ code, cluster }) => `${cluster} ${code}`);
}

it('a cluster is held against all others, also where it is built alone, and once it was found good', async () => {
  cluster('two', '  domain: two.example.com\n');
  expect(await codes()).toEqual([]);
  cluster('two', '  domain: one.example.com\n  git: {path: clusters/one}\n');
  expect((await codes('one')).toSorted()).toEqual(['one fleet/duplicate-value', 'one fleet/shared-folder']);
  expect(await codes()).toHaveLength(4);
  cluster('two', '  domain: two.example.com\n');
  expect(await codes('one')).toEqual([]);
});

it('nothing is written for a cluster that shares its folder', async () => {
  cluster('two', '  domain: two.example.com\n  git: {path: clusters/one/inside}\n');
  expect(await codes('two')).toEqual(['two fleet/shared-folder']);
  expect(existsSync(join(root, 'generated/two'))).toBe(false);
});

it('another cluster that cannot be read says so in its own build only', async () => {
  cluster('two', '  domain: [\n');
  expect(await codes('one')).toEqual([]);
});
