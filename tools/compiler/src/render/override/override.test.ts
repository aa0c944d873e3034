import { valueAt } from '@fluxwright/documents';
import { afterAll, describe, expect, test } from 'vitest';
import { chartsAtHand } from '../../../test/charts-at-hand.ts';
import type { RenderedCluster, Resource } from '../../data/rendered-cluster.ts';

const { chart, run, close } = chartsAtHand();
afterAll(close);

const name = chart({
  'values.yaml': 'replicas: 1\nextra: {}\nlimit: 1\n',
  'templates/web.yaml': `apiVersion: v1
kind: ConfigMap
metadata: {name: web}
data: {replicas: {{ .Values.replicas | quote }}, limit: {{ .Values.limit | toJson | quote }}}
`,
});
const page = {
  'install/page.yaml.hbs': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: page\ndata:\n  a: one\n  b: two\n',
};
const values = 'replicas: 2\n';
const patch = (target: string, text: string): string => `
        - target: {${target}}
          patch: |
            ${text}`;

function named({ resources, released }: RenderedCluster, kind: string, called: string): Resource {
  const found = [...resources, ...released].find((each) => each.kind === kind && each.name === called);
  if (found === undefined) throw new Error(`no ${kind} ${called}`);
  return found;
}

describe('values of a chart', () => {
  test('lie over those of the component, come from the cluster, and null takes a default away', async () => {
    const settings = '  overrides:\n    web:\n      values: {replicas: 5, limit: null}\n';
    const { rendered } = await run(name, { values, settings });
    const release = named(rendered, 'HelmRelease', 'web');
    expect(valueAt(release.object, ['spec', 'values'])).toEqual({ replicas: 5, limit: null });
    expect(release.origin.trace(['spec', 'values', 'replicas']).span).toMatchObject({
      file: 'clusters/one/cluster.yaml',
    });
    expect(release.origin.trace(['spec', 'interval']).span.file).not.toBe('clusters/one/cluster.yaml');
    expect(named(rendered, 'ConfigMap', 'web').object).toMatchObject({ data: { replicas: '5', limit: 'null' } });
  });

  test('that the chart does not know are found at their line', async () => {
    const settings = '  overrides:\n    web:\n      values: {replica: 5}\n';
    const { found } = await run(name, { values, settings });
    expect(found.map(({ code, primary }) => [code, primary?.file])).toEqual([
      ['render/unknown-chart-value', 'clusters/one/cluster.yaml'],
    ]);
  });
});

describe('patches', () => {
  test('change objects of the component, each value with its line', async () => {
    const text = patch('kind: ConfigMap, name: page', 'data: {b: three}').replace(
      'data:',
      'apiVersion: v1\n            kind: ConfigMap\n            metadata: {name: page}\n            data:',
    );
    const { rendered, found } = await run(name, {
      values,
      files: page,
      settings: `  overrides:\n    web:\n      patches:${text}\n`,
    });
    expect(found.filter(({ severity }) => severity === 'error')).toEqual([]);
    const object = named(rendered, 'ConfigMap', 'page');
    expect(object.object).toMatchObject({ data: { a: 'one', b: 'three' } });
    expect(object.origin.trace(['data', 'b']).span.file).toBe('clusters/one/cluster.yaml');
    expect(object.origin.trace(['data', 'a']).span.file).toBe('components/web/install/page.yaml.hbs');
    expect(valueAt(named(rendered, 'HelmRelease', 'web').object, ['spec', 'postRenderers'])).toBeUndefined();
  });

  const ofChart = patch('kind: ConfigMap, name: web', '- {op: replace, path: /data/replicas, value: "9"}');
  const settings = `  overrides:\n    web:\n      patches:${ofChart}\n`;

  test('for what the chart makes are those of its post-renderer', async () => {
    const { rendered } = await run(name, { values, settings });
    const release = named(rendered, 'HelmRelease', 'web');
    expect(valueAt(release.object, ['spec', 'postRenderers', 0, 'kustomize', 'patches', 0, 'target'])).toEqual({
      kind: 'ConfigMap',
      name: 'web',
    });
    expect(named(rendered, 'ConfigMap', 'web').object).toMatchObject({ data: { replicas: '9' } });
  });

  test('are in the objects where the chart is rendered', async () => {
    const { rendered } = await run(name, { values, settings, delivery: 'rendered' });
    expect(named(rendered, 'ConfigMap', 'web').object).toMatchObject({ data: { replicas: '9' } });
  });

  test('that are for nothing in the chart are found', async () => {
    const { found } = await run(name, { values, settings: settings.replace('name: web}', 'name: wbe}') });
    expect(found.map(({ code }) => code)).toEqual(['render/idle-override']);
  });
});
