import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { formatChangePlan, formatSimulation, renderEngine } from '@fluxwright/flux';
import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { packChart } from '../../test/pack-chart.ts';
import { readTreeFolder } from '../change/read-tree-folder.ts';
import { changes } from '../commands/changes.ts';
import { compile } from '../commands/compile.ts';
import { simulate } from '../commands/simulate.ts';

const sample = resolve(import.meta.dirname, '../../../testing/fixtures/workspace');
const folders: string[] = [];
let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'fluxwright-releases-'));
  folders.push(root);
  cpSync(sample, root, { recursive: true });
  mkdirSync(join(root, 'packed'));
});
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

const charts = 'packed';

/** Packs a chart `web` with one template. */
function pack(version: string, template: string, more: Readonly<Record<string, string>> = {}): void {
  const files = { 'Chart.yaml': `apiVersion: v2\nname: web\nversion: ${version}\n`, 'templates/all.yaml': template };
  writeFileSync(join(root, `packed/web-${version}.tgz`), packChart('web', { ...files, ...more }));
}

/** Makes `web` a chart of that version. */
function use(version: string, crds = '{install: CreateReplace}'): void {
  writeFileSync(
    join(root, 'components/web/component.yaml'),
    `apiVersion: fluxwright.dev/v1
kind: Component
metadata: {name: web}
spec:
  title: Web
  description: Serves web.
  namespace: web
  helm: {repository: https://charts.example.com, chart: web, version: ${version}, crds: ${crds}}
  provides: {capabilities: [pages]}
`,
  );
}

const labelled = (name: string, kind: string, apiVersion: string, spec: string, annotations = '{}') =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: ${name}, annotations: ${annotations}}\nspec: ${spec}\n---\n`;
const claim = (name: string, annotations?: string) =>
  labelled(
    name,
    'PersistentVolumeClaim',
    'v1',
    '{accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}',
    annotations,
  );
const container = '{name: run, image: registry.example.com/run:1.0.0, resources: {requests: {cpu: 1m, memory: 1Mi}}}';
const set = (name: string, service = name) =>
  labelled(
    name,
    'StatefulSet',
    'apps/v1',
    `{serviceName: ${service}, selector: {matchLabels: {app: web}}, template: {metadata: {labels: {app: web}}, spec: {containers: [${container}]}}, volumeClaimTemplates: [{metadata: {name: data}, spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}}]}`,
  );
const definition = (annotations?: string) =>
  labelled(
    'widgets.example.com',
    'CustomResourceDefinition',
    'apiextensions.k8s.io/v1',
    '{group: example.com, names: {kind: Widget, plural: widgets, singular: widget, listKind: WidgetList}, scope: Namespaced, versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object}}}]}',
    annotations,
  );

/** The change from one chart to another, with both at hand. */
async function upgrade(old: string, now: string, more: Readonly<Record<string, string>> = {}) {
  pack('1.0.0', old);
  pack('2.0.0', now, more);
  use('1.0.0');
  await compile({ root });
  use('2.0.0');
  const { plan, diagnostics } = await changes({ root, cluster: 'one', charts });
  const summary = plan?.changes.map(({ kind, effect, object }) => `${object.kind}/${object.name} ${kind} ${effect}`);
  return { plan, summary, codes: diagnostics.map(({ code }) => code), diagnostics };
}

describe('an upgrade of a chart at hand', () => {
  test('renders the old chart and the new one once each', async () => {
    await upgrade(set('db'), set('database'));
    const template = vi.spyOn(renderEngine, 'template');
    await changes({ root, cluster: 'one', charts });
    expect(template).toHaveBeenCalledTimes(2);
    template.mockRestore();
  });

  test('takes a definition away where an upgrade skips it, whatever the install did', async () => {
    const skipped = async (crds: string) => {
      pack('1.0.0', definition());
      pack('2.0.0', set('db'), { 'crds/widgets.yaml': definition() });
      use('1.0.0');
      await compile({ root });
      use('2.0.0', crds);
      const { plan } = await changes({ root, cluster: 'one', charts });
      return plan?.changes.map(({ kind, object }) => `${object.kind} ${kind}`);
    };
    expect(await skipped('{install: Skip}')).toEqual(['CustomResourceDefinition moved']);
    expect(await skipped('{upgrade: Skip}')).toEqual(['CustomResourceDefinition deleted']);
  });

  test('takes a kind for what the definitions of the chart say, and a list for its items', async () => {
    const wide = definition().replace('scope: Namespaced', 'scope: Cluster');
    const widget = (size: number) =>
      `apiVersion: v1\nkind: List\nitems: [{apiVersion: example.com/v1, kind: Widget, metadata: {name: w}, spec: {size: ${size}}}]\n`;
    await upgrade(wide + widget(1), wide + widget(2));
    const { simulation } = await simulate({
      root,
      cluster: 'one',
      charts,
      previous: readTreeFolder(join(root, 'generated/one')),
    });
    expect(simulation?.upgrades[0]?.changed).toEqual(['Widget w']);
  });

  test('that renames a StatefulSet loses its volumes, and nothing is told without the charts', async () => {
    const { plan, summary, diagnostics } = await upgrade(set('db'), set('database'));
    expect(summary).toEqual(['StatefulSet/db renamed deleted']);
    const [loss] = diagnostics.filter(({ code }) => code === 'change/data-loss');
    expect(loss?.message).toBe(
      'StatefulSet web/db is deleted, since it changes its name, and with it the volumes of its pods: a StatefulSet of another name does not find them',
    );
    expect(loss?.primary).toMatchObject({ file: 'generated/one/components/web/install/helmrelease-web.yaml' });
    expect(plan && formatChangePlan(plan, 'text')).toContain(
      '→ StatefulSet web/database: deleted, since HelmRelease web/web goes from web 1.0.0 to 2.0.0',
    );
    const blind = await changes({ root, cluster: 'one' });
    expect(blind.plan?.changes).toEqual([]);
    expect(blind.diagnostics).toEqual([]);
  });

  test('is refused by the build as well, and can be acknowledged', async () => {
    await upgrade(claim('data'), claim('files'));
    const refused = await compile({ root, charts });
    const errors = refused.diagnostics.filter(({ severity }) => severity === 'error');
    expect(errors.map(({ code }) => code)).toEqual(['change/data-loss']);
    expect(refused.clusters[0]?.built).toBe(false);
    writeFileSync(
      join(root, 'clusters/one/cluster.yaml'),
      'apiVersion: fluxwright.dev/v1\nkind: Cluster\nmetadata: {name: one}\nspec: {provider: hetzner, dns: cloudflare, domain: one.example.com, acknowledge: [PersistentVolumeClaim/web/data]}\n',
    );
    expect((await compile({ root, charts })).clusters[0]?.built).toBe(true);
  });

  test('keeps what the resource policy keeps, and what is a hook or of crds/', async () => {
    const keep = '{helm.sh/resource-policy: keep}';
    const kept = await upgrade(claim('data', keep) + claim('tmp', '{helm.sh/hook: pre-install}'), set('db'));
    expect(kept.summary).toEqual(['PersistentVolumeClaim/data deleted kept']);
    expect(kept.codes).toEqual([]);
  });

  test('deletes a definition that moves from templates/ to crds/', async () => {
    const { summary, codes } = await upgrade(definition(), set('db'), { 'crds/widgets.yaml': definition() });
    expect(summary).toEqual(['CustomResourceDefinition/widgets.example.com moved recreated']);
    expect(codes).toContain('change/data-loss');
  });

  test('that changes an immutable field is refused by Kubernetes', async () => {
    const { summary, codes } = await upgrade(set('db'), set('db', 'other'));
    expect(summary).toEqual(['StatefulSet/db immutable-field refused']);
    expect(codes).toEqual(['change/immutable-field']);
  });

  test('that changes nothing but pods loses nothing, and the simulator tells what Helm does', async () => {
    const { summary } = await upgrade(
      set('db') + claim('data'),
      `${set('db').replace('1.0.0', '1.0.1')}${claim('data')}${claim('more')}`,
    );
    expect(summary).toEqual([]);
    const previous = readTreeFolder(join(root, 'generated/one'));
    const { simulation } = await simulate({ root, cluster: 'one', charts, previous });
    expect(simulation && formatSimulation(simulation, 'text')).toContain(
      'Helm then does\n  HelmRelease web/web\n    makes PersistentVolumeClaim web/more\n    changes StatefulSet web/db\n',
    );
  });

  test('whose old chart is not at hand is named', async () => {
    await upgrade(set('db'), set('database'));
    rmSync(join(root, 'packed/web-1.0.0.tgz'));
    const { plan, diagnostics } = await changes({ root, cluster: 'one', charts });
    expect(plan?.changes).toEqual([]);
    expect(diagnostics.map(({ code, note }) => [code, note])).toEqual([['change/chart-unseen', 'it is not in packed']]);
  });
});

test('a release that is removed loses what its chart holds', async () => {
  pack('1.0.0', claim('data') + claim('more'));
  use('1.0.0');
  await compile({ root });
  cpSync(join(sample, 'components/web/component.yaml'), join(root, 'components/web/component.yaml'));
  const { plan } = await changes({ root, cluster: 'one', charts });
  const lost = plan?.changes.find(({ object }) => object.kind === 'HelmRelease');
  expect(lost?.loses).toBe('PersistentVolumeClaim web/data and 1 more of its chart');
});

describe('another delivery', () => {
  const deliver = (how: string) =>
    writeFileSync(
      join(root, 'clusters/one/cluster.yaml'),
      `apiVersion: fluxwright.dev/v1\nkind: Cluster\nmetadata: {name: one}\nspec: {provider: hetzner, dns: cloudflare, domain: one.example.com, delivery: ${how}}\n`,
    );
  const change = async (from: string, to: string) => {
    pack('1.0.0', set('db'));
    use('1.0.0');
    deliver(from);
    const { diagnostics } = await compile({ root, charts });
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    deliver(to);
    const { plan } = await changes({ root, cluster: 'one', charts });
    return plan && { plan, text: formatChangePlan(plan, 'text') };
  };

  test('takes the objects of a release over, and nobody is told to uninstall it', async () => {
    const found = await change('helm-release', 'rendered');
    expect(found?.plan.changes.find(({ object }) => object.kind === 'HelmRelease')).toMatchObject({
      kind: 'owner-changed',
      hold: 'suspend',
      loses: 'StatefulSet web/db of its chart',
    });
    expect(found?.text).toContain(
      'so do not uninstall them\n     - kubectl delete secret -n web -l owner=helm,name=web\n',
    );
    expect(found?.text).not.toContain('Let go');
  });

  test('hands objects to a release, which takes them over once they are out of pruning', async () => {
    const found = await change('rendered', 'helm-release');
    expect(found?.plan.changes.find(({ object }) => object.kind === 'StatefulSet')).toMatchObject({
      kind: 'owner-changed',
      effect: 'recreated',
      hold: 'prune',
      now: { kind: 'HelmRelease', name: 'web' },
    });
    expect(found?.text).not.toContain('Let go');
  });
});
