import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { compile } from '@fluxwright/compiler';
import { afterAll, expect, test } from 'vitest';
import { makeFleet } from './synthetic-fleet.ts';

const scratch = mkdtempSync(join(tmpdir(), 'fluxwright-fleet-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

test('a fleet compiles without a finding, and its clusters differ in all but their ids', async () => {
  const names = makeFleet(resolve(import.meta.dirname, '../../..'), scratch, 4);
  expect(names).toHaveLength(4);
  const result = await compile({ root: scratch });
  // Its clusters are no pairs, and there are more of them than Cilium has ids.
  expect(result.diagnostics.filter(({ code }) => code !== 'fleet/common-value')).toEqual([]);
  expect(result.clusters.map(({ name, built }) => ({ name, built }))).toEqual(
    names.toSorted().map((name) => ({ name, built: true })),
  );
});
