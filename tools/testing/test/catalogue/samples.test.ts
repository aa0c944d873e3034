import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { compile, generatedTree, type OutputTree } from '@fluxwright/compiler';
import { type Diagnostic, markdownTable } from '@fluxwright/diagnostics';
import { type Simulation, simulateTree } from '@fluxwright/flux';
import { isBeside, isStageName, loadWorkspace, type ResolvedCluster, standIns } from '@fluxwright/model';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readObjects } from '../../src/catalogue/read-objects.ts';
import { makeSampleWorkspace } from '../../src/catalogue/sample-workspace.ts';
import { isOfPairs } from '../../src/catalogue/trial-clusters.ts';

// The clusters of samples/ compile, are proved and fit on their nodes. docs/samples.md says how large they are, and is written anew (vitest run
// samples -u) where it is a tenth off: else each object of any component would change it.

const root = path.resolve(import.meta.dirname, '../../../..');
const page = path.join(root, 'docs/samples.md');
const folder = mkdtempSync(path.join(tmpdir(), 'samples-'));
const resolved = new Map<string, ResolvedCluster>();
const simulations = new Map<string, Simulation>();
let names: readonly string[] = [];
let findings: readonly Diagnostic[] = [];

beforeAll(async () => {
  names = makeSampleWorkspace(root, folder);
  const { diagnostics } = await compile({
    root: folder,
    onTree: (tree, cluster) => {
      resolved.set(cluster.name, cluster);
      simulations.set(cluster.name, simulationOf(tree));
    },
  });
  findings = diagnostics;
}, 600_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }), 60_000);

test('no sample has a finding', () => {
  expect(findings.map(({ code, message }) => `${code}: ${message}`)).toEqual([]);
  expect([...resolved.keys()].sort()).toEqual(names);
});

test('the one with everything has each component that a cluster alone can have', () => {
  const workspace = loadWorkspace(folder).value;
  const has = new Set(resolved.get('everything')?.components.map(({ component }) => component.name));
  const others = standIns(workspace);
  const products = resolved.get('everything')?.spec.products ?? [];
  // A product that wants another channel of the Gateway API than the others is not in it.
  const elsewhere = [...workspace.products.values()]
    .filter(({ name, spec }) => spec.mandatory !== true && !products.includes(name))
    .flatMap(({ spec }) => spec.components?.map(({ name }) => name) ?? []);
  const missing = [...workspace.components.values()]
    .filter(({ name }) => !elsewhere.includes(name))
    .filter(({ name, spec }) => spec.maturity !== 'coming' && spec.choices === undefined && !others.has(name))
    .filter((component) => !has.has(component.name) && !isOfPairs(workspace, component));
  expect(missing.map(({ name }) => name)).toEqual([]);
});

test('docs/samples.md says how large they are', async () => {
  const rows = names.map((name) => {
    const objects = readObjects(path.join(folder, 'generated', name));
    const { nodes = [], waves = [], criticalPath = [] } = simulations.get(name) ?? {};
    const { spec, components } = resolved.get(name) ?? {};
    return [
      name,
      (spec?.products ?? []).join(', '),
      `${components?.length}`,
      `${objects.length}`,
      `${nodes.length}`,
      `${waves.length}`,
      criticalPath.map(({ key }) => `\`${key.replace(/^.*\//, '')}\``).join(' → '),
      (spec?.nodes?.pools ?? []).map(({ count, cpu, memory }) => `${count} × ${cpu} cores, ${memory}`).join('; '),
    ];
  });
  const table = markdownTable([
    ['cluster', 'products', 'components', 'objects', 'FluxKustomizations', 'waves', 'critical path', 'nodes'],
    ...rows,
  ]);
  const current = readFileSync(page, 'utf8');
  if (rows.every((row) => current.split('\n').some((line) => isNear(row, line)))) return;
  const text = current.replace(
    /(<!-- table -->\n)[\s\S]*(<!-- \/table -->)/,
    (_all, begin, end) => `${begin}\n${table}\n${end}`,
  );
  await expect(text).toMatchFileSnapshot(page);
});

/** Whether a line of the page says of a cluster what is so: the same nodes, and each number to a tenth. */
function isNear(row: readonly string[], line: string): boolean {
  const cells = line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());
  return row.every((cell, column) => {
    if (column === 6) return true;
    const [wanted, said] = [Number(cell), Number(cells[column])];
    return Number.isNaN(wanted) || cell === '' ? cell === cells[column] : Math.abs(wanted - said) <= wanted / 10;
  });
}

/** What Flux does with a tree on an empty cluster, as `fluxwright simulate` has it. */
function simulationOf({ cluster, files }: OutputTree): Simulation {
  const tree = generatedTree(files, { cluster, shown: `generated/${cluster}`, known: new Map() });
  const attached = [...tree.nodes.values()].filter(({ folder }) => {
    const stage = folder.split('/').at(-1);
    return isStageName(stage) && isBeside(stage);
  });
  return simulateTree(tree, undefined, { attached: new Set(attached.map(({ key }) => key)) });
}
