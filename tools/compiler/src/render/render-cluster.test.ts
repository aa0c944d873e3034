import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { valueAt } from '@fluxwright/documents';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { cluster, component, objectAt, renderFiles } from '../../test/sample-workspace.ts';
import type { Resource } from '../data/rendered-cluster.ts';

const configMap = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: page\n';
const schema = JSON.stringify({
  type: 'object',
  additionalProperties: false,
  properties: {
    tier: { type: 'string' },
    resources: { type: 'object' },
    hosts: { type: 'array', items: { type: 'string' } },
  },
});
const shop = component(
  'shop',
  `  namespace: shop
  namespaceLabels: {pod-security.kubernetes.io/enforce: baseline}
  helm:
    repository: https://charts.example.com
    chart: shop
    version: 1.2.3
    timeout: 15m
  requires: {components: [base]}
  readiness:
    expressions:
      - {apiVersion: v1, kind: ConfigMap, current: has(data.ready)}
`,
  {
    'values.schema.json': schema,
    'values.yaml': 'tier: gold\nresources:\n  limits: {cpu: 1, memory: 1Gi}\n',
    'helm/values.yaml.hbs': 'host: shop.{{cluster.domain}}\nresources:\n{{indent 2 (toYaml values.resources)}}\n',
    'configure/page.yaml.hbs': `${configMap}data:\n  tier: {{values.tier}}-{{cluster.name}}\n`,
  },
);
const base = component('base', '  namespace: kube-system\n', { 'install/a.yaml': configMap });
const one = cluster(
  'one',
  '  components: [shop]\n  values:\n    shop:\n      resources:\n        limits: {memory: 2Gi}\n',
);
const files = { ...shop, ...base, ...one };

function text({ object }: Resource): string {
  return stringify(object);
}

describe('a component with a chart', () => {
  const rendered = renderFiles(files);

  it('becomes the files of its stages', () => {
    expect(rendered.findings).toEqual([]);
    expect(rendered.resources.map(({ path }) => path)).toEqual([
      'components/base/install/configmap-page.yaml',
      'components/shop/configure/configmap-page.yaml',
      'components/shop/install/helmrelease-shop.yaml',
      'components/shop/install/helmrepository-shop.yaml',
      'components/shop/install/namespace-shop.yaml',
      'flux-system/gitrepository-flux-system.yaml',
      'flux-system/kustomization-flux-system.yaml',
      'kustomizations/base.yaml',
      'kustomizations/shop-configure.yaml',
      'kustomizations/shop.yaml',
    ]);
  });

  it('gives the release, its source, the namespace and the FluxKustomizations', async () => {
    const all = rendered.resources.filter(({ path }) => path.includes('shop') || path.startsWith('flux-system'));
    await expect(all.map((each) => `# ${each.path}\n${text(each)}`).join('---\n')).toMatchFileSnapshot(
      '__snapshots__/component-with-chart.yaml',
    );
  });

  it('labels every object and gives namespaced ones the namespace', () => {
    for (const { object } of rendered.resources) {
      expect(valueAt(object, ['metadata', 'labels', 'app.kubernetes.io/managed-by'])).toBe('fluxwright');
    }
    expect(objectAt(rendered, 'components/base/install/configmap-page.yaml').namespace).toBe('kube-system');
  });

  it('knows the lines behind each value', () => {
    const release = objectAt(rendered, 'components/shop/install/helmrelease-shop.yaml').origin;
    const page = objectAt(rendered, 'components/shop/configure/configmap-page.yaml').origin;
    const lines = (origin: typeof page, path: (string | number)[]) => {
      const { span, layers, reads } = origin.trace(path);
      return [span, ...layers].map(({ file, start }) => `${file}:${start?.line}`).concat(reads);
    };
    expect(lines(release, ['spec', 'chart', 'spec', 'version'])).toEqual(['components/shop/component.yaml:13']);
    expect(lines(release, ['spec', 'values', 'resources', 'limits', 'memory'])).toEqual([
      'components/shop/helm/values.yaml.hbs:3',
      'clusters/one/cluster.yaml:11',
      'values.resources.limits.memory',
    ]);
    expect(lines(release, ['spec', 'values', 'resources', 'limits', 'cpu'])).toEqual([
      'components/shop/helm/values.yaml.hbs:3',
      'components/shop/values.yaml:3',
      'values.resources.limits.cpu',
    ]);
    expect(lines(page, ['data', 'tier'])).toEqual([
      'components/shop/configure/page.yaml.hbs:6',
      'components/shop/values.yaml:1',
      'values.tier',
      'cluster.name',
    ]);
    expect(lines(page, ['metadata', 'name'])).toEqual(['components/shop/configure/page.yaml.hbs:4']);
    expect(lines(page, ['metadata', 'namespace'])).toEqual(['components/shop/component.yaml:8']);
  });
});

describe('other components', () => {
  it('takes a chart from an OCI registry by its layer', () => {
    const spec =
      '  namespace: a\n  helm: {repository: oci://registry.example.com/charts/, chart: a, version: 1.0.0+b}\n';
    const rendered = renderFiles({ ...component('a', spec), ...cluster('one', '  components: [a]\n') });
    expect(objectAt(rendered, 'components/a/install/ocirepository-a.yaml').object.spec).toEqual({
      interval: '1h',
      url: 'oci://registry.example.com/charts/a',
      ref: { tag: '1.0.0_b' },
      layerSelector: { mediaType: 'application/vnd.cncf.helm.chart.content.v1.tar+gzip', operation: 'copy' },
    });
    const release = objectAt(rendered, 'components/a/install/helmrelease-a.yaml').object;
    expect(valueAt(release, ['spec', 'chartRef'])).toEqual({ kind: 'OCIRepository', name: 'a' });
    expect(valueAt(release, ['spec', 'chart'])).toBeUndefined();
  });

  it('applies upstream manifests by a FluxKustomization of their own', () => {
    const spec =
      '  namespace: default\n  source: {git: https://github.com/x/y, ref: {tag: v1}, path: ./config, prune: false}\n';
    const rendered = renderFiles({ ...component('a', spec), ...cluster('one', '  components: [a]\n') });
    expect(objectAt(rendered, 'components/a/install/gitrepository-a.yaml').object.spec).toMatchObject({
      ref: { tag: 'v1' },
    });
    expect(objectAt(rendered, 'components/a/install/kustomization-a-source.yaml').object.spec).toMatchObject({
      path: './config',
      prune: false,
      deletionPolicy: 'Orphan',
      wait: true,
    });
  });

  it('names all its objects where it checks others too, because wait hides them', () => {
    const spec =
      '  namespace: kube-system\n  readiness: {checks: [{apiVersion: apps/v1, kind: Deployment, name: a}]}\n';
    const sample = component('a', spec, { 'install/a.yaml': configMap });
    const rendered = renderFiles({ ...sample, ...cluster('one', '  components: [a]\n') });
    expect(objectAt(rendered, 'kustomizations/a.yaml').object.spec).toMatchObject({
      wait: false,
      healthChecks: [
        { apiVersion: 'v1', kind: 'ConfigMap', name: 'page', namespace: 'kube-system' },
        { apiVersion: 'apps/v1', kind: 'Deployment', name: 'a', namespace: 'kube-system' },
      ],
    });
  });

  it('drops stages without objects and joins the edges through them', () => {
    const empty = '{{#if values.on}}\n{{/if}}\n';
    const on = JSON.stringify({ type: 'object', additionalProperties: false, properties: { on: { type: 'boolean' } } });
    const rendered = renderFiles({
      ...component('a', '  namespace: kube-system\n', { 'install/a.yaml': configMap }),
      ...component('b', '  namespace: kube-system\n  requires: {components: [a]}\n', {
        'values.schema.json': on,
        'configure/b.yaml.hbs': empty,
      }),
      ...component('c', '  namespace: kube-system\n  requires: {components: [b]}\n', { 'install/c.yaml': configMap }),
      ...cluster('one', '  components: [c]\n'),
    });
    expect(rendered.stages.map(({ component: name, stage }) => `${name} ${stage}`)).toEqual(['a install', 'c install']);
    expect(objectAt(rendered, 'kustomizations/c.yaml').object.spec).toMatchObject({ dependsOn: [{ name: 'a' }] });
    expect(rendered.edges[0]?.reasons.map(({ text: reason }) => reason).length).toBeGreaterThan(1);
  });

  it('makes a shared namespace once, by the component that comes first, and orders the other after it', () => {
    const rendered = renderFiles({
      ...component('z', '  namespace: both\n', { 'install/z.yaml': configMap }),
      ...component('a', '  namespace: both\n', { 'install/a.yaml': configMap.replace('page', 'other') }),
      ...component('m', '  namespace: both\n  namespaceLabels: {x: z}\n', {
        'install/m.yaml': configMap.replace('page', 'm'),
      }),
      ...cluster('one', '  components: [z, a, m]\n'),
    });
    expect(rendered.resources.filter(({ kind }) => kind === 'Namespace').map(({ path }) => path)).toEqual([
      'components/a/install/namespace-both.yaml',
    ]);
    expect(objectAt(rendered, 'components/a/install/namespace-both.yaml').object).toMatchObject({
      metadata: { labels: { x: 'z' } },
    });
    expect(objectAt(rendered, 'kustomizations/z.yaml').object.spec).toMatchObject({ dependsOn: [{ name: 'a' }] });
  });

  it('copies a Kustomize base and knows its plain objects', () => {
    const rendered = renderFiles({
      ...component('a', '  namespace: kube-system\n', {
        'kustomize/kustomization.yaml': 'namespace: kube-system\nresources: [page.yaml, more]\n',
        'kustomize/page.yaml': configMap,
        'kustomize/more/kustomization.yaml': 'namePrefix: x-\nresources: [page.yaml]\n',
        'kustomize/more/page.yaml': configMap,
      }),
      ...cluster('one', '  components: [a]\n'),
    });
    expect(rendered.findings).toEqual([]);
    expect(rendered.copies.map(({ path }) => path)).toEqual([
      'components/a/install/kustomize/kustomization.yaml',
      'components/a/install/kustomize/more/kustomization.yaml',
      'components/a/install/kustomize/more/page.yaml',
      'components/a/install/kustomize/page.yaml',
    ]);
    const copied = rendered.resources.filter((each) => each.copied);
    expect(copied.map(({ path, namespace, name }) => [path, namespace, name])).toEqual([
      ['components/a/install/kustomize/page.yaml', 'kube-system', 'page'],
    ]);
    expect(objectAt(rendered, 'kustomizations/a.yaml').object.spec).toMatchObject({ commonMetadata: { labels: {} } });
  });

  it('keeps apart objects that share kind and name', () => {
    const issuer = (group: string, namespace: string) =>
      `apiVersion: ${group}/v1\nkind: Cluster\nmetadata: {name: db, namespace: ${namespace}}\n`;
    const docs = [issuer('a.io', 'x'), issuer('b.io', 'x'), issuer('a.io', 'z')].join('---\n');
    const sample = component('a', '  namespace: kube-system\n', { 'install/a.yaml': docs });
    const rendered = renderFiles({ ...sample, ...cluster('one', '  components: [a]\n') });
    expect(rendered.resources.map(({ path }) => path).filter((path) => path.startsWith('components'))).toEqual([
      'components/a/install/cluster-x-db-a.io.yaml',
      'components/a/install/cluster-x-db-b.io.yaml',
      'components/a/install/cluster-z-db.yaml',
    ]);
  });
});

describe('Flux versions', () => {
  const release = (version: string) => {
    const spec = `  flux: {version: "${version}"}\n  components: [shop]\n`;
    return objectAt(renderFiles({ ...files, ...cluster('one', spec) }), 'components/shop/install/helmrelease-shop.yaml')
      .object.spec;
  };

  it('retries in place from 2.7 on, and remedies before', () => {
    expect(release('2.7')).toMatchObject({ install: { strategy: { name: 'RetryOnFailure' } } });
    expect(release('2.6.4')).toMatchObject({ install: { remediation: { retries: 3 } } });
  });

  const crds = join(import.meta.dirname, '../../../../../shared/reference/charts/flux-distribution/crds');
  it.skipIf(!existsSync(crds))(
    'writes only fields that the definitions of Flux 2.9 know (skipped without ../shared/reference)',
    () => {
      const sources = component(
        'up',
        '  namespace: default\n  source: {git: https://github.com/x/y, ref: {commit: 0123456789abcdef0123456789abcdef01234567}, path: ./}\n  readiness: {checks: [{apiVersion: v1, kind: Service, name: a}]}\n',
      );
      const oci = component(
        'oci',
        '  namespace: oci\n  helm: {repository: oci://r.example.com, chart: oci, version: 1.0.0, disableWait: true}\n',
      );
      const rendered = renderFiles({
        ...files,
        ...sources,
        ...oci,
        ...cluster('one', '  components: [shop, up, oci]\n'),
      });
      const ajv = new Ajv({ strict: false, formats: { duration: true, 'date-time': true } });
      const flux = rendered.resources.filter(({ apiVersion }) => apiVersion.includes('toolkit.fluxcd.io'));
      expect(new Set(flux.map(({ kind }) => kind)).size).toBe(5);
      for (const { apiVersion, kind, object } of flux) {
        const [group, version] = apiVersion.split('/');
        const plural =
          kind === 'HelmRepository'
            ? 'helmrepositories'
            : kind.endsWith('Repository')
              ? `${kind.slice(0, -1).toLowerCase()}ies`
              : `${kind.toLowerCase()}s`;
        const crd = parse(readFileSync(join(crds, `${group}_${plural}.yaml`), 'utf8'));
        const found = crd.spec.versions.find(
          (each: { name: string; served: boolean }) => each.name === version && each.served,
        );
        const check = ajv.compile(closed(found.schema.openAPIV3Schema));
        check(object);
        expect([kind, check.errors]).toEqual([kind, null]);
      }
    },
  );
});

/** The schema with every object that lists its properties closed. */
function closed(schema: unknown): object {
  return JSON.parse(JSON.stringify(schema), (_, value) =>
    value?.properties &&
    value.type === 'object' &&
    !value.additionalProperties &&
    !value['x-kubernetes-preserve-unknown-fields'] &&
    value.properties.apiVersion === undefined
      ? { ...value, additionalProperties: false }
      : value,
  );
}
