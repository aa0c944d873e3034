import type { JsonObject } from '@fluxwright/documents';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { type SampleNode, sampleFluxTree } from '../../test/sample-tree-files.ts';
import { type HelmObject, helmObject, type Releases } from '../tree/helm-object.ts';
import { formatSimulation } from './format-simulation.ts';
import { simulateTree } from './simulate-tree.ts';

const needs = (...names: string[]): string =>
  `prune: true, wait: true, dependsOn: [${names.map((name) => `{name: ${name}}`).join(', ')}]`;
const node = (name: string, ...dependsOn: string[]): SampleNode => ({ name, spec: needs(...dependsOn) });
const nested = (name: string, spec: string): string =>
  `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: ${name}, namespace: flux-system}
spec: {path: ./x, interval: 1h, timeout: 5m, prune: true, sourceRef: {kind: GitRepository, name: upstream}, ${spec}}
`;
const upstream =
  'apiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\nmetadata: {name: upstream, namespace: flux-system}\nspec: {}\n';
const release = (name: string, spec = 'interval: 1h'): string =>
  `apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: ${name}, namespace: apps}\nspec: {${spec}}\n`;
const run = (...nodes: SampleNode[]) => simulateTree(sampleFluxTree({ nodes }));
const never = (...nodes: SampleNode[]) =>
  run(...nodes).never.map(({ kind, key, cause }) => `${kind} ${key} ${cause.kind}`);

test('waves, times and the critical path follow from dependsOn and timeouts', () => {
  const result = run(
    node('a'),
    node('b', 'a'),
    { ...node('c', 'a'), spec: `${needs('a')}, timeout: 20m` },
    node('d', 'b', 'c'),
  );
  expect(formatSimulation(result, 'text')).toMatchInlineSnapshot(`
    "Cluster one, from empty
    wave 1
      a, ready within 5m
      flux-system
    wave 2
      b, ready within 10m
      c, ready within 25m
    wave 3
      d, ready within 30m
    critical path: 30m, if each takes its whole timeout
      a 5m
      c 20m
      d 5m
    to tear it down, remove in this order
      1. d
      2. b, c
      3. a
    "
  `);
  expect(result.nodes.find(({ key }) => key === 'flux-system/d')).toEqual({
    key: 'flux-system/d',
    dependsOn: ['flux-system/b', 'flux-system/c'],
    wave: 3,
    startsBy: 1500,
    readyBy: 1800,
  });
});

describe('what never becomes ready', () => {
  test('a circle of dependencies', () => {
    const result = run(node('a', 'c'), node('b', 'a'), node('c', 'b'), node('d', 'a'));
    expect(result.deadlocks).toEqual([['flux-system/a', 'flux-system/c', 'flux-system/b']]);
    expect(result.never.map(({ cause }) => cause.kind)).toEqual(['circle', 'circle', 'circle', 'behind']);
  });

  test('a dependency that is not there', () => {
    expect(never(node('a', 'nobody'))).toEqual(['Kustomization flux-system/a blocked']);
  });

  test('a dependency in the own namespace does not mean one elsewhere', () => {
    expect(
      never(node('a'), { name: 'b', spec: 'prune: true, wait: true, dependsOn: [{name: a, namespace: apps}]' }),
    ).toEqual(['Kustomization flux-system/b blocked']);
  });

  test('whoever depends on a suspended one', () => {
    expect(never({ ...node('a'), spec: 'prune: true, wait: true, suspend: true' }, node('b', 'a'))).toEqual([
      'Kustomization flux-system/a blocked',
      'Kustomization flux-system/b behind',
    ]);
  });

  test('a folder that holds nothing', () => {
    const [only] = run({ name: 'a', spec: 'prune: true, path: ./clusters/one/nowhere' }).never;
    expect(only?.cause).toEqual({ kind: 'blocked', why: 'its folder clusters/one/nowhere is not there' });
  });

  test('a source that is not there', () => {
    expect(never({ name: 'a', objects: [nested('inner', 'wait: true')] })).toEqual([
      'Kustomization flux-system/inner blocked',
      'Kustomization flux-system/a behind',
    ]);
  });

  test('one that waits for an object of its own folder which waits for it', () => {
    const result = run({
      name: 'a',
      spec: 'prune: true, wait: true',
      objects: [upstream, nested('inner', 'dependsOn: [{name: a}]')],
    });
    expect(result.deadlocks).toEqual([['flux-system/inner', 'flux-system/a']]);
  });

  test('a release behind another kind of thing of the same name', () => {
    expect(never(node('b'), { name: 'a', objects: [release('one', 'dependsOn: [{name: b}]')] })).toEqual([
      'HelmRelease apps/one blocked',
      'Kustomization flux-system/a behind',
    ]);
  });

  test('a circle of releases, and the folder that waits for them', () => {
    const objects = [release('one', 'dependsOn: [{name: two}]'), release('two', 'dependsOn: [{name: one}]')];
    expect(never({ name: 'a', objects })).toEqual([
      'HelmRelease apps/one circle',
      'HelmRelease apps/two circle',
      'Kustomization flux-system/a behind',
    ]);
  });

  test('without wait, health checks say what is waited for', () => {
    const objects = [release('one', 'suspend: true')];
    const checks =
      'healthChecks: [{apiVersion: helm.toolkit.fluxcd.io/v2, kind: HelmRelease, name: one, namespace: apps}]';
    expect(never({ name: 'a', spec: `prune: true, ${checks}`, objects })).toContain(
      'Kustomization flux-system/a behind',
    );
    expect(never({ name: 'a', spec: 'prune: true', objects })).not.toContain('Kustomization flux-system/a behind');
    expect(never({ name: 'a', spec: `prune: true, wait: true, healthChecks: []`, objects })).toContain(
      'Kustomization flux-system/a behind',
    );
  });
});

test('namespaces and definitions come before who needs them, also where nothing says so', () => {
  const definition =
    'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: bars.foo.dev}\nspec: {group: foo.dev, names: {kind: Bar, plural: bars}}\n';
  const namespace = 'apiVersion: v1\nkind: Namespace\nmetadata: {name: apps}\n';
  const result = run(
    { name: 'a', objects: ['apiVersion: foo.dev/v1\nkind: Bar\nmetadata: {name: x, namespace: apps}\n'] },
    { name: 'y', objects: [namespace] },
    { name: 'z', objects: [definition] },
  );
  expect(result.order).toEqual(['flux-system', 'y', 'z', 'a'].map((name) => `flux-system/${name}`));
});

test('what the tree before had is woken where it changes, and taken down in the order of its needs', () => {
  const config = (value: string): string =>
    `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c, namespace: apps}\ndata: {a: ${value}}\n`;
  const before = sampleFluxTree({
    nodes: [{ name: 'a', objects: [config('x')] }, node('b', 'a'), node('c', 'b'), node('d')],
  });
  const after = sampleFluxTree({ nodes: [{ name: 'a', objects: [config('z'), release('new')] }, node('d')] });
  const result = simulateTree(after, before);
  expect(result.wakes).toEqual([
    { key: 'flux-system/a', added: ['HelmRelease apps/new'], changed: ['ConfigMap apps/c'], removed: [] },
    {
      key: 'flux-system/flux-system',
      added: [],
      changed: [],
      removed: ['Kustomization flux-system/b', 'Kustomization flux-system/c'],
    },
  ]);
  expect(result.teardown).toEqual({
    order: [['flux-system/c'], ['flux-system/b']],
    races: [['flux-system/c', 'flux-system/b']],
    stay: [],
  });
});

test('a suspended one that was ready holds back its own source only', () => {
  const suspended = (spec: string) => [
    { name: 'a', objects: [upstream, nested('inner', spec)], spec: 'prune: true' },
    node('b', 'inner'),
  ];
  const before = sampleFluxTree({ nodes: suspended('wait: true') });
  const after = sampleFluxTree({ nodes: suspended('wait: true, suspend: true') });
  expect(simulateTree(after).never.map(({ key }) => key)).toContain('flux-system/b');
  expect(simulateTree(after, before).never.map(({ key }) => key)).not.toContain('flux-system/b');
});

test('a release that is suspended after it was ready holds nobody back', () => {
  const nodes = (spec: string): SampleNode[] => [
    { ...node('a'), objects: [release('one', spec), release('two', 'dependsOn: [{name: one}]')] },
    node('b', 'a'),
  ];
  const before = sampleFluxTree({ nodes: nodes('interval: 1h') });
  const held = sampleFluxTree({ nodes: nodes('suspend: true') });
  expect(simulateTree(held).never.map(({ key }) => key)).toContain('flux-system/b');
  expect(simulateTree(held, before).never).toEqual([]);
  expect(simulateTree(held, held).never.map(({ key }) => key)).toContain('flux-system/b');
});

test('a suspended one that was ready satisfies the one that holds it, and nobody who depends on its revision', () => {
  const nodes = (spec: string): SampleNode[] => [
    { ...node('a'), objects: [upstream, nested('inner', spec)] },
    node('b', 'a'),
  ];
  const before = sampleFluxTree({ nodes: nodes('wait: true') });
  const after = sampleFluxTree({ nodes: nodes('wait: true, suspend: true') });
  expect(simulateTree(after, before).never.map(({ key }) => key)).toEqual(['flux-system/inner']);
});

test('measured durations take the place of timeouts', () => {
  const tree = sampleFluxTree({ nodes: [node('a'), node('b', 'a'), node('c', 'a'), node('d', 'b', 'c')] });
  const measured = { a: 3, b: 20, c: 7, d: 1 };
  const durations = new Map(Object.entries(measured).map(([name, seconds]) => [`flux-system/${name}`, seconds]));
  const { criticalPath, nodes } = simulateTree(tree, undefined, { durations });
  expect(criticalPath.map(({ key, seconds }) => [key, seconds])).toEqual([
    ['flux-system/a', 3],
    ['flux-system/b', 20],
    ['flux-system/d', 1],
  ]);
  expect(nodes.map(({ readyBy }) => readyBy)).toEqual([3, 23, 10, 24, 0]);
});

test('what is attached is in no wave and not on the critical path, and shown apart', () => {
  const tree = sampleFluxTree({ nodes: [node('a'), node('a-attach', 'a'), node('b', 'a')] });
  const simulation = simulateTree(tree, undefined, { attached: new Set(['flux-system/a-attach']) });
  expect(simulation.waves.flat()).not.toContain('flux-system/a-attach');
  expect(simulation.order).toContain('flux-system/a-attach');
  expect(simulation.attached).toEqual(['flux-system/a-attach']);
  expect(simulation.criticalPath.map(({ key }) => key)).not.toContain('flux-system/a-attach');
  expect(formatSimulation(simulation, 'text')).toMatch(/attached, nobody waits for it\n {2}a-attach/);
});

/** Nodes with any dependencies, some that are not there, some suspended. */
const trees = fc.integer({ min: 1, max: 8 }).chain((count) =>
  fc.array(
    fc.record({ needs: fc.uniqueArray(fc.nat(count), { maxLength: 3 }), suspend: fc.integer({ max: 9, min: 0 }) }),
    {
      minLength: count,
      maxLength: count,
    },
  ),
);

test('the order is one of the emitted edges, and a node is stuck exactly where a circle, a gap or a suspended one is before it', () => {
  fc.assert(
    fc.property(trees, (list) => {
      const nodes = list.map(
        ({ needs: own, suspend }, index): SampleNode => ({
          name: `n${index}`,
          spec: `${needs(...own.map((each) => `n${each}`))}, suspend: ${suspend === 0}`,
        }),
      );
      const { order, nodes: simulated } = simulateTree(sampleFluxTree({ nodes }));
      const at = new Map(order.map((key, index) => [key, index]));
      const good = new Set<number>();
      for (const _ of list) {
        for (const [index, { needs: own, suspend }] of list.entries()) {
          if (suspend !== 0 && own.every((each) => good.has(each))) good.add(index);
        }
      }
      for (const [index, { needs: own }] of list.entries()) {
        const key = `flux-system/n${index}`;
        expect(at.has(key)).toBe(good.has(index));
        expect(simulated.find((each) => each.key === key)?.readyBy !== undefined).toBe(good.has(index));
        if (good.has(index))
          for (const each of own) expect(at.get(`flux-system/n${each}`)).toBeLessThan(at.get(key) ?? -1);
      }
    }),
    { numRuns: 60 },
  );
});

describe('what the charts at hand make', () => {
  const widget = 'apiVersion: example.com/v1\nkind: Widget\nmetadata: {name: one, namespace: apps}\n';
  const helmed = (text: string): HelmObject[] => {
    const object: JsonObject = parse(text);
    const [of] = sampleFluxTree({ nodes: [{ name: 'x', objects: [release('op')] }] }).objects;
    if (of === undefined) throw new Error('no release');
    const place = {
      chartSpan: { file: '' },
      namespace: 'apps',
      file: 'op/templates/a.yaml',
      dataKinds: new Set<string>(),
    };
    return [helmObject(object, { release: of, ...place })];
  };
  const definition =
    'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: widgets.example.com}\nspec: {group: example.com, names: {kind: Widget}}\n';
  const simulated = (nodes: SampleNode[], releases: Releases) =>
    simulateTree({ ...sampleFluxTree({ nodes }), releases });
  const waits = 'prune: true, wait: true';

  test('defines kinds, and what has such an object comes later', () => {
    const nodes = [
      { name: 'a-user', spec: waits, objects: [widget] },
      { name: 'operator', spec: waits, objects: [release('op')] },
    ];
    const { order } = simulated(nodes, new Map([['apps/op', helmed(definition)]]));
    expect(order).toEqual(['flux-system/flux-system', 'flux-system/operator', 'flux-system/a-user']);
    expect(simulated(nodes, new Map()).order[1]).toBe('flux-system/a-user');
  });

  test('stands still beside an object of the kind, since Flux applies neither', () => {
    const { deadlocks } = simulated(
      [{ name: 'operator', spec: waits, objects: [release('op'), widget] }],
      new Map([['apps/op', helmed(definition)]]),
    );
    expect(deadlocks).toEqual([['flux-system/operator', 'apps/op']]);
  });

  test('waits for the definitions of its own objects', () => {
    const { nodes, never } = simulated(
      [
        { name: 'first', spec: waits, objects: [release('op')] },
        { name: 'second', spec: `${waits}, dependsOn: [{name: first}]`, objects: [definition] },
      ],
      new Map([['apps/op', helmed(widget)]]),
    );
    expect(never.map(({ kind, key, cause }) => [kind, key, cause.kind])).toContainEqual([
      'HelmRelease',
      'apps/op',
      'circle',
    ]);
    expect(nodes.find(({ key }) => key === 'flux-system/second')?.wave).toBeUndefined();
  });
});
