import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { capacity } from '@fluxwright/compiler';
import { markdownTable } from '@fluxwright/diagnostics';
import { loadWorkspace } from '@fluxwright/model';
import { afterAll, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { copyCatalogue } from '../../src/catalogue/copy-catalogue.ts';

// What the platform asks for in its smallest profile, beside what the stack's page expects of it. The tables of docs/capacity.md are made here
// (vitest run capacity -u); its sentences are written by hand.

const root = path.resolve(import.meta.dirname, '../../../..');
const page = path.join(root, 'docs/capacity.md');
const folder = mkdtempSync(path.join(tmpdir(), 'capacity-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }), 60_000);

interface Rows {
  readonly nodes: { readonly count: number; readonly cpu: number; readonly memory: string; readonly maxPods: number };
  readonly rows: readonly { readonly row: string; readonly expected: number; readonly categories: readonly string[] }[];
}

const { nodes, rows } = parse(readFileSync(path.join(root, 'docs/capacity.rows.yaml'), 'utf8')) as Rows;
const gibi = 1024n ** 3n * 10n ** 9n;
const inGibi = (nano: bigint) => Number((nano * 100n) / gibi) / 100;

test('docs/capacity.md says what the smallest profile asks for', async () => {
  copyCatalogue(root, folder);
  mkdirSync(path.join(folder, 'clusters/small'), { recursive: true });
  const [sample] = loadWorkspace(root).value.clusters.values();
  const { disasterRecovery: _, components: __, ...base } = sample?.spec ?? {};
  const { maxPods, ...pool } = nodes;
  const spec = {
    ...base,
    profile: 'small',
    nodes: { maxPods, pools: [{ name: 'system', ...pool, controlPlane: true }] },
  };
  const manifest = { apiVersion: 'fluxwright.dev/v1', kind: 'Cluster', metadata: { name: 'small' }, spec };
  writeFileSync(
    path.join(folder, 'clusters/small/cluster.yaml'),
    stringify(manifest, { aliasDuplicateObjects: false }),
  );
  const { ledger, diagnostics } = await capacity({ root: folder, cluster: 'small' });
  expect(diagnostics.filter(({ severity, code }) => severity === 'error' && !code.startsWith('capacity/'))).toEqual([]);
  const entries = ledger?.entries ?? [];
  const known = new Set(rows.flatMap(({ categories }) => categories));
  const others = [...new Set(entries.map(({ workload }) => workload.category))].filter((each) => !known.has(each));
  const tables = [...rows, { row: 'Not in the stack’s table', expected: 0, categories: others }].map((each) => {
    const own = entries.filter(({ workload }) => each.categories.includes(workload.category));
    const memory = own.reduce((sum, { requests }) => sum + requests.memory, 0n);
    const pods = own.reduce((sum, entry) => sum + entry.pods, 0);
    const parts = [...Map.groupBy(own, ({ workload }) => workload.component)].map(([name, these]) => {
      return `${name} ${inGibi(these.reduce((sum, { requests }) => sum + requests.memory, 0n)).toFixed(2)}`;
    });
    return { row: each.row, expected: each.expected, memory, pods, parts };
  });
  const sum = tables.reduce((total, { memory }) => total + memory, 0n);
  const table = markdownTable([
    ['', 'the stack expects', 'we ask for', 'pods', 'of these, in Gi'],
    ...tables.map(({ row, expected, memory, pods, parts }) => [
      row,
      expected === 0 ? '' : `~${expected} GB`,
      `${inGibi(memory).toFixed(1)} Gi`,
      `${pods}`,
      parts.join(', '),
    ]),
    [
      '**Total**',
      `**~${rows.reduce((total, { expected }) => total + expected, 0)} GB**`,
      `**${inGibi(sum).toFixed(1)} Gi**`,
      `**${tables.reduce((total, { pods }) => total + pods, 0)}**`,
      '',
    ],
  ]);
  const budgets = (ledger?.budgets ?? []).map(({ resource, needed, available, lost }) => {
    const said = (nano: bigint) =>
      resource === 'memory' ? `${inGibi(nano).toFixed(1)} Gi` : `${Number(nano / 10n ** 7n) / 100}`;
    return [
      resource,
      said(needed),
      said(available),
      lost === undefined ? '' : `${lost.nodes} × ${lost.pool.name}`,
      needed <= available ? 'yes' : '**no**',
    ];
  });
  const fits = markdownTable([['on the nodes', 'asked for', 'there is', 'when lost', 'fits'], ...budgets]);
  const current = readFileSync(page, 'utf8');
  const text = current.replace(
    /(<!-- tables -->\n)[\s\S]*(<!-- \/tables -->)/,
    (_all, begin, end) => `${begin}\n${table}\n${fits}\n${end}`,
  );
  await expect(text).toMatchFileSnapshot(page);
}, 300_000);
