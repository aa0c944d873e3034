import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { simulate } from '@fluxwright/compiler';
import { afterAll, expect, test } from 'vitest';
import { makeCluster } from './synthetic-cluster.ts';

const root = mkdtempSync(join(tmpdir(), 'fluxwright-cluster-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

test('a made-up cluster compiles without an error, in an order that only its objects ask for', async () => {
  makeCluster(root, { components: 15, programs: 1 });
  const { simulation, diagnostics } = await simulate({ root, cluster: 'bench' });
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  const last = simulation?.nodes.find(({ key }) => key === 'flux-system/part14');
  expect(last?.dependsOn).toEqual(['flux-system/part7']);
});
