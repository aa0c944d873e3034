import path from 'node:path';
import { loadWorkspace, standIns } from '@fluxwright/model';
import { expect, test } from 'vitest';
import { readChartCheck } from './chart-check.ts';
import { trialClusters } from './trial-clusters.ts';

const workspace = loadWorkspace(path.resolve(import.meta.dirname, '../../../..')).value;
const specs = trialClusters(workspace, {}).map(({ spec }) => spec);

test('every available option of every choice that each cluster makes is tried', () => {
  for (const { spec } of workspace.products.values()) {
    if (spec.mandatory !== true) continue;
    for (const [key, { options }] of Object.entries(spec.choices ?? {})) {
      const available = Object.keys(options).filter((option) => options[option]?.maturity !== 'coming');
      expect([...new Set(specs.map((each) => each[key]))].sort()).toEqual(available.sort());
    }
  }
});

test('every component that a cluster can have in the place of one of its products is tried, and that one, too', () => {
  const others = standIns(workspace);
  expect(others.size).toBeGreaterThan(0);
  const named = specs.map(({ components }) => components as readonly string[]);
  for (const [name, replaced] of others) {
    expect(named.filter((each) => each.includes(name)).length, `${name} for ${replaced.join()}`).toBeGreaterThan(0);
    expect(named.filter((each) => !each.includes(name)).length).toBeGreaterThan(0);
  }
});

test('each enforcement, and each option of which there is an even number, meets all that no product has', () => {
  const most = Math.max(...specs.map(({ components }) => (components as readonly string[]).length));
  const full = specs.filter(({ components }) => (components as readonly string[]).length === most);
  expect(new Set(full.map(({ policies }) => JSON.stringify(policies))).size).toBe(2);
  for (const { spec } of workspace.products.values()) {
    if (spec.mandatory !== true) continue;
    for (const [key, { options }] of Object.entries(spec.choices ?? {})) {
      const available = Object.keys(options).filter((option) => options[option]?.maturity !== 'coming');
      if (available.length % 2 === 0)
        expect([...new Set(full.map((each) => each[key]))].sort()).toEqual(available.sort());
    }
  }
});

test('every case of every component is tried, where it belongs', () => {
  for (const { name, folder } of workspace.components.values()) {
    for (const each of readChartCheck(path.join(workspace.root, folder, 'helm/chart-check.yaml')).cases) {
      const trying = specs.filter((spec) => {
        const values = (spec.values as Record<string, object> | undefined)?.[name] ?? {};
        return JSON.stringify({ ...values, ...each.values }) === JSON.stringify(values);
      });
      expect(trying.length, `${name} ${JSON.stringify(each)}`).toBeGreaterThan(0);
      const choices = Object.entries(each.choices ?? {});
      const isMeant = (spec: (typeof specs)[number]) => choices.every(([key, option]) => spec[key] === option);
      if (choices.length > 0) expect(specs.filter(isMeant)).toEqual(trying.filter(isMeant));
    }
  }
});
