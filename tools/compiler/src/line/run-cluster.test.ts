import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { configMap, contracts } from '../../test/sample-services.ts';
import { component, defaults, type Files, pair, writeFiles } from '../../test/sample-workspace.ts';
import { provenancePath, recordPath } from '../assemble/file-record.ts';
import { openLine } from './open-line.ts';
import type { ClusterRun } from './run-cluster.ts';

const roots: string[] = [];
afterEach(() => {
  for (const each of roots.splice(0)) rmSync(each, { recursive: true, force: true });
});

function written(files: Files): string {
  const root = mkdtempSync(join(tmpdir(), 'fluxwright-pair-'));
  roots.push(root);
  writeFiles(root, files);
  return root;
}

/** Two clusters with a shop and its copied database, and with a note that nothing copies. */
async function run(name: string, parts: Readonly<Record<'north' | 'south', string>>): Promise<ClusterRun> {
  const root = written({
    ...defaults,
    ...contracts,
    ...component(
      'databases',
      `  namespace: databases
  provides:
    services:
      - kind: database
        outputs: {name: "{{request.object}}"}
        pair: {strategy: stream, ways: {port: {}}}
`,
      {
        'services/database.yaml.hbs': configMap('{{request.object}}', {
          role: '{{#if pair}}{{pair.role}}{{/if}}',
          token: "'{{#if pair}}{{#if pair.token}}{{pair.token}}{{/if}}{{/if}}'",
        }),
        'install/a.yaml': configMap('databases', { is: 'here' }),
      },
    ),
    ...component(
      'shop',
      `  namespace: shop
  requires:
    services:
      - {kind: database, name: db, protect: replicate}
      - {kind: database, name: notes, protect: replicate}
`,
      {
        'install/a.yaml.hbs': configMap('shop', {
          part: '{{cluster.disasterRecovery.role}}{{#if cluster.disasterRecovery.switching}} leaving{{/if}}',
        }),
      },
    ),
    ...pair(['databases', 'shop'], parts),
  });
  using line = openLine({ root, clusters: [name] });
  return line.run(name);
}

const read = (tree: ClusterRun['tree']) =>
  Object.fromEntries(
    (tree?.files ?? []).flatMap(({ path, text }) =>
      path === recordPath || path === provenancePath ? [] : [[path, text]],
    ),
  );

it.each([
  ['of a standby', 'role: primary', 'role: standby'],
  [
    'of a primary with one copy',
    'role: standby, services: {shop/db: primary}',
    'role: primary, services: {shop/db: standby}',
  ],
  ['while the other one hands over', 'role: standby, switching: true', 'role: standby'],
])('the failover tree %s is what a person makes of both clusters by hand', async (_, north, south) => {
  const before = await run('south', { north, south });
  expect(before.diagnostics).toEqual([]);
  const after = await run('south', { north: 'role: standby', south: 'role: primary' });
  expect(read(before.failover)).toEqual(read(after.tree));
  expect(read(before.failover)).not.toEqual(read(before.tree));
  expect(after.failover).toBeUndefined();
});

it('a cluster that hands over can take over again', async () => {
  const { failover } = await run('north', { north: 'role: standby, switching: true', south: 'role: standby' });
  const primary = await run('north', { north: 'role: primary', south: 'role: standby' });
  expect(read(failover)).toEqual(read(primary.tree));
});

it('two primaries have no tree', async () => {
  const { tree, failover, diagnostics } = await run('south', { north: 'role: primary', south: 'role: primary' });
  expect([tree, failover]).toEqual([undefined, undefined]);
  expect(diagnostics.map(({ code }) => code)).toContain('resolve/peer-mismatch');
});
