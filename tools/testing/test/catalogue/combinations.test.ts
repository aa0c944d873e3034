import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { compile } from '@fluxwright/compiler';
import { type Diagnostic, markdownTable } from '@fluxwright/diagnostics';
import { isObject, type JsonObject } from '@fluxwright/documents';
import { loadWorkspace, resolveCluster } from '@fluxwright/model';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { copyCatalogue } from '../../src/catalogue/copy-catalogue.ts';
import { mergeChartValues } from '../../src/catalogue/merge-chart-values.ts';
import { trialClusters } from '../../src/catalogue/trial-clusters.ts';
import { roomyNodes } from '../../src/catalogue/trial-workspace.ts';

// Each combination of provider, load balancer and DNS, of one cluster or a pair, compiles and is proved, or is refused by a rule that has a name.
// docs/combinations.md says which: vitest run combinations -u writes it.

const root = path.resolve(import.meta.dirname, '../../../..');
const workspace = loadWorkspace(root).value;
const product = [...workspace.products.values()].find(({ spec }) => spec.mandatory === true);
const choices = product?.spec.choices ?? {};
const keys = ['provider', 'loadBalancer', 'dns'] as const;
const [sample, second] = workspace.clusters.values();
const folder = mkdtempSync(path.join(tmpdir(), 'combinations-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }), 60_000);

interface Combination {
  readonly name: string;
  readonly provider: string;
  readonly loadBalancer: string;
  readonly dns: string;
  /** Whether another cluster stands in for it. */
  readonly paired: boolean;
}

const all: readonly Combination[] = optionsOf('provider').flatMap((provider) =>
  optionsOf('loadBalancer').flatMap((loadBalancer) =>
    optionsOf('dns').flatMap((dns) =>
      [false, true].map((paired) => ({
        name: `${provider}-${loadBalancer}-${dns}${paired ? '-pair' : ''}`.replaceAll('.', '-'),
        ...{ provider, loadBalancer, dns, paired },
      })),
    ),
  ),
);
const tried = trialClusters(workspace, { nodes: roomyNodes } as JsonObject)
  .map(({ spec: { values = {} } }) => values as JsonObject)
  .reduce<JsonObject>((merged, one) => mergeChartValues(merged, one) as JsonObject, {});

/** A finding that a cluster gets only because of what it chose. */
const refusals = new Map<string, readonly Diagnostic[]>();
/** Those that the samples of the repository have are compiled by every build. */
const committed = new Set([...workspace.clusters.values()].map(({ spec }) => keyOf(spec as unknown as Combination)));

beforeAll(() => {
  copyCatalogue(root, folder);
  for (const each of all) for (const role of each.paired ? (['primary', 'standby'] as const) : []) write(each, role);
  for (const each of all) if (!each.paired) write(each);
  const trial = loadWorkspace(folder).value;
  for (const { name } of all) {
    const { diagnostics } = resolveCluster(trial, name);
    refusals.set(
      name,
      diagnostics.filter(({ severity }) => severity === 'error'),
    );
  }
}, 120_000);

/** What the choices themselves are refused for; other findings follow from these, as a provider that is still to come brings no volumes. */
const byRule = (name: string) =>
  (refusals.get(name) ?? []).filter(({ code }) =>
    ['resolve/choice-conflict', 'resolve/choice-unavailable', 'resolve/missing-fact'].includes(code),
  );

test('what is refused is refused by a rule that names the choice', () => {
  for (const { name, provider, loadBalancer, dns } of all.filter(
    (each) => (refusals.get(each.name) ?? []).length > 0,
  )) {
    const rules = byRule(name).map(({ message }) => message);
    expect.soft(rules, name).not.toEqual([]);
    for (const rule of rules)
      expect
        .soft(rule)
        .toMatch(new RegExp(`chooses (provider "${provider}"|loadBalancer "${loadBalancer}"|dns "${dns}"),`));
  }
});

describe('what is not refused', () => {
  // What works for one cluster is in the samples of the repository, or compiled here; what works in a pair only is compiled as its first cluster.
  const works = (name: string) => (refusals.get(name) ?? []).length === 0;
  test('compiles, and is proved', async () => {
    const accepted = all.filter(
      ({ name, paired, ...spec }) =>
        works(name) && !committed.has(keyOf(spec)) && !(paired && works(name.replace(/-pair$/, ''))),
    );
    const { diagnostics } = await compile({ root: folder, clusters: accepted.map(({ name }) => name) });
    const errors = diagnostics.filter(({ severity }) => severity === 'error');
    expect(errors.map(({ code, message }) => `${code}: ${message}`)).toEqual([]);
    expect(accepted.length + committed.size).toBeGreaterThan(2);
  }, 300_000);
});

test('docs/combinations.md is what holds', async () => {
  const rows = all
    .filter(({ paired }) => !paired)
    .map(({ name, provider, loadBalancer, dns }) => {
      const [single, pair] = [refusals.get(name) ?? [], refusals.get(`${name}-pair`) ?? []];
      const works = single.length === 0 ? 'yes' : pair.length === 0 ? 'in a pair' : 'no';
      return [
        provider,
        loadBalancer,
        dns,
        works,
        works === 'yes'
          ? ''
          : byRule(name)
              .map(({ code, message }) => `\`${code}\`: ${message.replace(/^cluster "[^"]*" /, '')}`)
              .join('<br>'),
      ];
    });
  const text = [
    '# Which choices go together',
    '',
    'Provider, load balancer and DNS: each combination compiles and is proved, or a rule of the product refuses it. Made by `tools/testing/test/catalogue/combinations.test.ts`',
    '(`vitest run combinations -u`) from the choices of the products; an option that is still to come is refused until its provider is there.',
    '',
    `Of ${rows.length} combinations ${rows.filter((row) => row[3] === 'yes').length} work for one cluster, ${rows.filter((row) => row[3] === 'in a pair').length} more in a pair.`,
    '',
    markdownTable([['provider', 'load balancer', 'DNS', 'works', 'refused by'], ...rows]),
  ].join('\n');
  await expect(text).toMatchFileSnapshot(path.join(root, 'docs/combinations.md'));
});

/** Values with which the cases of components try what exists only with such choices. */
function valuesOfOptions(each: Combination): JsonObject {
  const spec = { ...each } as unknown as Readonly<Record<string, string>>;
  const bound = [...workspace.components.values()].filter(({ spec: { choices: own = {} } }) => {
    const asked = Object.entries(own);
    return (
      keys.some((key) => own[key] !== undefined) && asked.every(([key, options]) => options.includes(spec[key] ?? ''))
    );
  });
  return Object.fromEntries(bound.flatMap(({ name }) => (isObject(tried[name]) ? [[name, tried[name]]] : [])));
}

function optionsOf(key: (typeof keys)[number]): readonly string[] {
  return Object.keys(choices[key]?.options ?? {});
}

function keyOf(spec: Pick<Combination, 'provider' | 'loadBalancer' | 'dns'>): string {
  return keys.map((key) => spec[key]).join(' ');
}

function write(each: Combination, role?: 'primary' | 'standby'): void {
  const name = role === 'standby' ? `${each.name}-b` : each.name;
  const peer = role === 'standby' ? each.name : `${each.name}-b`;
  const { disasterRecovery: _, values: own, ...base } = (role === 'standby' ? second : sample)?.spec ?? {};
  // Values of the sample count at its provider, and some options cannot do without values of their own.
  const values = {
    ...(each.provider === sample?.spec.provider ? (own as JsonObject) : {}),
    ...valuesOfOptions(each),
  };
  const spec = {
    ...base,
    ...{ provider: each.provider, loadBalancer: each.loadBalancer, dns: each.dns },
    region:
      choices.provider?.options[each.provider]?.regions?.[role === 'standby' ? 1 : 0] ??
      (base as { region?: string }).region,
    nodes: roomyNodes,
    domain: `${name}.example.com`,
    values,
    network: role === 'standby' ? { nodeCIDR: '10.0.1.0/24', podCIDR: '10.44.0.0/16' } : { nodeCIDR: '10.0.0.0/24' },
    ...(role === undefined ? {} : { disasterRecovery: { role, peer } }),
  };
  const manifest = { apiVersion: 'fluxwright.dev/v1', kind: 'Cluster', metadata: { name }, spec };
  mkdirSync(path.join(folder, 'clusters', name), { recursive: true });
  writeFileSync(
    path.join(folder, 'clusters', name, 'cluster.yaml'),
    stringify(manifest, { aliasDuplicateObjects: false }),
  );
}
