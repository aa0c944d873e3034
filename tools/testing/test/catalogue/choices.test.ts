import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { compile } from '@fluxwright/compiler';
import type { JsonObject } from '@fluxwright/documents';
import { loadWorkspace } from '@fluxwright/model';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { withFittingValues } from '../../src/catalogue/fitting-values.ts';
import { mergeChartValues } from '../../src/catalogue/merge-chart-values.ts';
import { readObjects } from '../../src/catalogue/read-objects.ts';
import { makeTrialWorkspace } from '../../src/catalogue/trial-workspace.ts';

// Every option that can be chosen makes another tree than each of the others, all else being equal.

const root = path.resolve(import.meta.dirname, '../../../..');
const workspace = loadWorkspace(root).value;
// Products that not every cluster has are held against what they say themselves: products.test.ts.
const everywhere = [...workspace.products.values()].filter(({ spec }) => spec.mandatory === true);
const choices = everywhere.flatMap(({ spec }) =>
  Object.entries(spec.choices ?? {}).map(([key, { options }]) => ({
    key,
    options: Object.keys(options).filter((name) => options[name]?.maturity !== 'coming'),
  })),
);
const asking = choices.filter(({ options }) => options.length > 1);
const folder = mkdtempSync(path.join(tmpdir(), 'choices-'));
const trees = new Map<string, string>();
let errors: string[] = [];

interface Spec {
  readonly components?: readonly string[];
  readonly values?: Readonly<Record<string, unknown>>;
}

const nameOf = (key: string, option: string) => `${key}-${option}`.toLowerCase();

beforeAll(async () => {
  const trials = makeTrialWorkspace(root, folder);
  const specs = trials.map((name) => parse(readFileSync(manifestOf(name), 'utf8')).spec as Spec);
  // What products bring is enough: whatever else a trial has is the same for every option.
  const { components: _, ...base } = specs[0] ?? {};
  const listed = new Set(specs.flatMap((each) => each.components ?? []));
  // Some options need values. Those of all trials together are the same for every option.
  const all = specs.map((each) => each.values ?? {}).reduce((merged, each) => mergeChartValues(merged, each));
  const values = Object.fromEntries(Object.entries(all).filter(([component]) => !listed.has(component)));
  const clusters = asking.flatMap(({ key, options }) => options.map((option) => ({ key, option })));
  for (const { key, option } of clusters) {
    const name = nameOf(key, option);
    const own = { ...base, [key]: option, domain: `${name}.example.com`, values } as JsonObject;
    const spec = withFittingValues(workspace, own);
    mkdirSync(path.dirname(manifestOf(name)), { recursive: true });
    const manifest = { apiVersion: 'fluxwright.dev/v1', kind: 'Cluster', metadata: { name }, spec };
    writeFileSync(manifestOf(name), stringify(manifest, { aliasDuplicateObjects: false }));
  }
  const names = clusters.map(({ key, option }) => nameOf(key, option));
  const { diagnostics } = await compile({ root: folder, clusters: names });
  errors = diagnostics.filter(({ severity }) => severity === 'error').map(({ code, message }) => `${code}: ${message}`);
  for (const name of names) {
    const objects = readObjects(path.join(folder, 'generated', name));
    trees.set(name, JSON.stringify(objects).replaceAll(name, 'cluster'));
  }
}, 300_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }), 120_000);

function manifestOf(name: string): string {
  return path.join(folder, 'clusters', name, 'cluster.yaml');
}

test('every option compiles', () => expect([...new Set(errors)]).toEqual([]));

describe.each(asking)('$key', ({ key, options }) => {
  test.each(options)('%s makes a tree of its own', (option) => {
    const own = trees.get(nameOf(key, option));
    expect(own?.length).toBeGreaterThan(1000);
    expect(options.filter((each) => trees.get(nameOf(key, each)) === own)).toEqual([option]);
  });
});
