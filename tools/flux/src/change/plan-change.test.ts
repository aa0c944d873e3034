import { expect, test } from 'vitest';
import { type SampleNode, sampleFluxTree } from '../../test/sample-tree-files.ts';
import { fluxTree } from '../tree/read-files.ts';
import { changeFindings } from './change-findings.ts';
import { formatChangePlan } from './format-change-plan.ts';
import { heldFiles } from './held-files.ts';
import { migrationSteps } from './migration-steps.ts';
import { planChange } from './plan-change.ts';

const claim = (name: string, rest = '', size = '10Gi'): string =>
  `apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: ${name}, namespace: shop${rest}}\nspec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: ${size}}}}\n`;
const database = (name: string): string =>
  `apiVersion: postgresql.cnpg.io/v1\nkind: Cluster\nmetadata: {name: ${name}, namespace: shop}\nspec: {instances: 2}\n`;
const release = (name: string, spec: string): string =>
  `apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: ${name}, namespace: shop}\nspec: {chart: {spec: {chart: shop}}, ${spec}}\n`;
const config = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings, namespace: shop}\n';
const set = (spec: string): string =>
  `apiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: db, namespace: shop}\nspec: {replicas: 1, ${spec}}\n`;
const web = (...objects: string[]): SampleNode => ({ name: 'web', objects });

const at = (index: number, folder = 'web'): string => `components/${folder}/install/${index}.yaml`;
const plan = (
  before: readonly SampleNode[],
  after: readonly SampleNode[],
  more: { readonly data?: Record<string, string>; readonly acknowledge?: readonly string[] } = {},
) => {
  const old = sampleFluxTree({ nodes: before, ...(more.data && { data: more.data }) });
  return planChange({ before: old, after: sampleFluxTree({ nodes: after }), acknowledge: more.acknowledge ?? [] });
};
const summary = (each: ReturnType<typeof plan>) =>
  each.changes.map(({ kind, effect, loses, hold, object }) => [
    `${object.kind}/${object.name}`,
    kind,
    effect,
    ...(loses === undefined ? [] : [hold ?? 'no mark']),
  ]);
const codes = (each: ReturnType<typeof plan>) => changeFindings(each).map(({ code }) => code);

test('equal trees change nothing', () => {
  expect(plan([web(claim('data'))], [web(claim('data'))]).changes).toEqual([]);
});

test('a claim that leaves its folder is pruned, and its data goes with it', () => {
  const result = plan([web(config, claim('data'))], [web(config)]);
  expect(summary(result)).toEqual([['PersistentVolumeClaim/data', 'deleted', 'deleted', 'prune']]);
  expect(codes(result)).toEqual(['change/data-loss']);
});

test('what is lost without data is no finding', () => {
  const result = plan([web(config, claim('data'))], [web(claim('data'))]);
  expect(summary(result)).toEqual([['ConfigMap/settings', 'deleted', 'deleted']]);
  expect(codes(result)).toEqual([]);
});

test.each([
  [
    'the object is out of pruning',
    [web(claim('data', ', annotations: {kustomize.toolkit.fluxcd.io/prune: disabled}'))],
    [web()],
  ],
  [
    'the object is out of pruning by a label',
    [web(claim('data', ', labels: {kustomize.toolkit.fluxcd.io/prune: disabled}'))],
    [web()],
  ],
  ['nothing is pruned', [{ ...web(claim('data')), spec: 'prune: false' }], [{ ...web(), spec: 'prune: false' }]],
  [
    'the removed FluxKustomization leaves what it made',
    [{ ...web(claim('data')), spec: 'prune: true, deletionPolicy: Orphan' }],
    [],
  ],
  ['the removed FluxKustomization does not prune', [{ ...web(claim('data')), spec: 'prune: false' }], []],
  ['the removed FluxKustomization is suspended', [{ ...web(claim('data')), spec: 'prune: true, suspend: true' }], []],
])('a claim stays where %s', (_, before, after) => {
  const result = plan(before, after);
  expect(result.changes.find(({ object }) => object.kind === 'PersistentVolumeClaim')).toMatchObject({
    effect: 'kept',
  });
  expect(codes(result)).toEqual([]);
});

test.each(['reconcile: disabled', 'ssa: Ignore'])('the mark %s does not reach the cluster', (mark) => {
  const marked = claim('data', `, annotations: {kustomize.toolkit.fluxcd.io/${mark}}`);
  const result = plan([web(marked)], [web()]);
  expect(summary(result)).toEqual([['PersistentVolumeClaim/data', 'deleted', 'deleted', 'no mark']]);
  expect(changeFindings(result)[0]?.help).toContain(
    'kubectl annotate -n shop persistentvolumeclaim data kustomize.toolkit.fluxcd.io/prune=disabled',
  );
});

test('no mark holds what Flux applies once', () => {
  const spec = 'releaseName: shop';
  const once = (text: string): string =>
    text.replace('namespace: shop', 'namespace: shop, annotations: {kustomize.toolkit.fluxcd.io/ssa: IfNotPresent}');
  const before = sampleFluxTree({
    nodes: [web(once(claim('data')), once(release('shop', spec)))],
    data: { [at(1)]: 'the volumes of shop' },
  });
  const result = planChange({ before, after: sampleFluxTree({ nodes: [web()] }) });
  expect(summary(result)).toEqual([
    ['PersistentVolumeClaim/data', 'deleted', 'deleted', 'no mark'],
    ['HelmRelease/shop', 'deleted', 'deleted', 'no mark'],
  ]);
  expect(result.changes[1]?.advice).toContain('flux suspend helmrelease -n shop shop');
  expect([...heldFiles(before, result)]).toEqual([]);
});

test('pruning that starts with the same commit counts as pruning', () => {
  expect(codes(plan([{ ...web(claim('data')), spec: 'prune: false' }], [web()]))).toEqual(['change/data-loss']);
});

test('a removed FluxKustomization deletes what it applied', () => {
  expect(summary(plan([web(claim('data'), config)], []))).toEqual([
    ['PersistentVolumeClaim/data', 'deleted', 'deleted', 'prune'],
    ['ConfigMap/settings', 'deleted', 'deleted'],
    ['Kustomization/web', 'deleted', 'deleted'],
  ]);
});

test('a renamed FluxKustomization may delete what its successor applies', () => {
  const result = plan([web(claim('data'))], [{ name: 'shop', folder: 'web', objects: [claim('data')] }]);
  expect(summary(result)).toEqual([
    ['PersistentVolumeClaim/data', 'moved', 'recreated', 'prune'],
    ['Kustomization/web', 'renamed', 'deleted'],
  ]);
  expect(codes(result)).toEqual(['change/data-loss']);
});

test('an object that another component takes changes its owner', () => {
  const result = plan([web(claim('data')), { name: 'shop' }], [web(), { name: 'shop', objects: [claim('data')] }]);
  expect(summary(result)).toEqual([['PersistentVolumeClaim/data', 'owner-changed', 'recreated', 'prune']]);
});

test('the kinds that a tree recorded hold data', () => {
  const data = { [at(0)]: 'the data that it keeps' };
  expect(summary(plan([web(database('db'))], [web(database('main'))], { data }))).toEqual([
    ['Cluster/db', 'renamed', 'deleted', 'prune'],
  ]);
  expect(codes(plan([web(database('db'))], [web()]))).toEqual([]);
});

test('an acknowledged loss is no finding, and a name that nothing loses is told', () => {
  const result = plan([web(claim('data'))], [web()], {
    acknowledge: ['PersistentVolumeClaim/shop/data', 'PersistentVolumeClaim/shop/old'],
  });
  expect(codes(result)).toEqual([]);
  expect(result.unused).toEqual(['PersistentVolumeClaim/shop/old']);
});

test.each([
  ['releaseName: a', 'releaseName: b', 'release-renamed'],
  ['interval: 1h', 'targetNamespace: other, releaseName: shop', 'release-moved'],
  ['interval: 1h', 'storageNamespace: other', 'release-moved'],
  ['interval: 1h', 'chart: {spec: {chart: store}}', 'chart-changed'],
])('a release is installed anew from "%s" to "%s"', (before, after, kind) => {
  const next = release('shop', after).replace('chart: {spec: {chart: shop}}, chart:', 'chart:');
  const result = plan([web(release('shop', before))], [web(next)], { data: { [at(0)]: 'the volumes of shop' } });
  expect(summary(result)).toEqual([['HelmRelease/shop', kind, 'reinstalled', 'no mark']]);
  expect(codes(result)).toEqual(['change/data-loss']);
});

test('a default that is now said is no change of a release', () => {
  expect(plan([web(release('shop', 'interval: 1h'))], [web(release('shop', 'releaseName: shop'))]).changes).toEqual([]);
});

test('a HelmRelease of another name that takes the release over would see it uninstalled', () => {
  const result = plan([web(release('shop', 'releaseName: shop'))], [web(release('store', 'releaseName: shop'))]);
  expect(result.changes).toMatchObject([{ kind: 'renamed', effect: 'reinstalled', hold: 'suspend' }]);
});

test('a release that another HelmRelease takes over is renamed wherever it lies, and is not let go of by hand', () => {
  const result = plan(
    [{ name: 'shop', objects: [release('shop', 'releaseName: shop')] }],
    [{ name: 'store', objects: [release('store', 'releaseName: shop, timeout: 9m')] }],
    { data: { [at(0, 'shop')]: 'the volumes of shop' } },
  );
  const [change] = result.changes;
  expect(change).toMatchObject({ kind: 'renamed', effect: 'reinstalled', hold: 'suspend', now: { name: 'store' } });
  expect(migrationSteps(result).map(({ kind, title, actions }) => [kind, title.split(':')[0], actions])).toEqual([
    ['commit', 'Hold', ['suspend HelmRelease shop/shop']],
    ['commit', 'Change', []],
  ]);
});

test('a HelmRelease of another name with the same chart is told how to take the release over', () => {
  const result = plan(
    [{ name: 'shop', objects: [release('shop', 'interval: 1h')] }],
    [{ name: 'store', objects: [release('store', 'interval: 1h')] }],
    { data: { [at(0, 'shop')]: 'the volumes of shop' } },
  );
  expect(changeFindings(result)[0]?.help).toContain('keep the release name shop');
  expect(result.changes[0]).toMatchObject({
    kind: 'renamed',
    effect: 'deleted',
    now: { name: 'store' },
    advice:
      'keep the release name shop (helm.releaseName in component.yaml), so that HelmRelease shop/store takes the release over',
  });
});

test('a suspended release that another takes over needs nothing done', () => {
  const result = plan(
    [web(release('shop', 'releaseName: shop, suspend: true'))],
    [web(release('store', 'releaseName: shop'))],
  );
  expect(result.changes[0]).toMatchObject({ effect: 'kept', advice: expect.stringMatching(/^nothing has to be done/) });
});

test('a suspended release that nobody takes over is left to be uninstalled', () => {
  const result = plan([web(release('shop', 'releaseName: shop'))], [], { data: { [at(0)]: 'the volumes of shop' } });
  expect(migrationSteps(result).at(-1)).toMatchObject({
    kind: 'hand',
    actions: [
      'save what HelmRelease shop/shop holds, then uninstall its release, unless the new tree has what it made',
    ],
  });
});

test.each([
  ['serviceName: a', 'serviceName: b', 'spec.serviceName'],
  [
    'volumeClaimTemplates: [{metadata: {name: a}}]',
    'volumeClaimTemplates: [{metadata: {name: b}}]',
    'spec.volumeClaimTemplates',
  ],
  ['selector: {matchLabels: {a: b}}', 'selector: {matchLabels: {a: c}}', 'spec.selector'],
])('Kubernetes refuses to change a StatefulSet from "%s"', (before, after, field) => {
  const result = plan([web(set(before))], [web(set(after))]);
  expect(result.changes).toMatchObject([{ kind: 'immutable-field', effect: 'refused', at: field.split('.') }]);
  expect(codes(result)).toEqual(['change/immutable-field']);
});

test('force deletes what cannot change, and its volumes lose their owner', () => {
  const spec = 'prune: true, force: true';
  const result = plan(
    [{ ...web(set('volumeClaimTemplates: [{metadata: {name: a}}]')), spec }],
    [{ ...web(set('volumeClaimTemplates: [{metadata: {name: b}}]')), spec }],
  );
  expect(result.changes).toMatchObject([{ effect: 'recreated', loses: expect.any(String) }]);
});

test('a claim may grow and not shrink', () => {
  expect(plan([web(claim('data'))], [web(claim('data', '', '20Gi'))]).changes).toEqual([]);
  expect(plan([web(claim('data'))], [web(claim('data', '', '9Gi'))]).changes).toMatchObject([
    { kind: 'immutable-field', effect: 'refused' },
  ]);
});

test('what may change freely is no finding', () => {
  expect(plan([web(set('template: {a: 1}'))], [web(set('template: {a: 2}'))]).changes).toEqual([]);
});

test('the held tree makes the change harmless', () => {
  const before = sampleFluxTree({
    nodes: [web(claim('data'), release('shop', 'releaseName: shop'))],
    data: { [at(1)]: 'the volumes of shop' },
  });
  const after = sampleFluxTree({ nodes: [] });
  const first = planChange({ before, after });
  const texts = new Map([...before.files, ...heldFiles(before, first)]);
  expect(texts.get(at(0))).toContain('kustomize.toolkit.fluxcd.io/prune: disabled');
  expect(texts.get(at(1))).toContain('suspend: true');
  const held = [...texts].map(([path, text]) => ({ path, text }));
  const reread = fluxTree(held, { cluster: 'one', shown: 'generated/one', record: before.record });
  const again = planChange({ before: reread, after });
  expect(codes(first)).toEqual(['change/data-loss', 'change/data-loss']);
  expect(codes(again)).toEqual([]);
});

test('the safe way is printed in steps', () => {
  const result = plan([web(claim('data'), set('serviceName: a'))], [web(set('serviceName: b'))]);
  expect(formatChangePlan(result, 'text')).toMatchInlineSnapshot(`
    "Objects of cluster one that are lost, moved or made anew
      deleted          PersistentVolumeClaim shop/data: deleted, since Kustomization flux-system/web prunes it; lost with it: the data of its volume, where the reclaim policy is Delete
      immutable-field  StatefulSet shop/db: refused, since Kubernetes refuses to change spec.serviceName

    The safe way
      1. By hand. Mend the change: no mark helps here
         - StatefulSet shop/db: leave spec.serviceName as it is, or make an object of another name and remove this one later
      2. Commit. Hold: publish the old tree with marks, and wait until it is applied
         - take PersistentVolumeClaim shop/data out of pruning
      3. Commit. Change: publish the new tree
      4. By hand. Let go: what was held is still in the cluster, and nothing applies it
         - save what PersistentVolumeClaim shop/data holds, then kubectl delete persistentvolumeclaim -n shop data
    "
  `);
});
