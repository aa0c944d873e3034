import { afterAll, expect, test } from 'vitest';
import { chartsAtHand } from '../../../test/charts-at-hand.ts';
import { component } from '../../../test/sample-workspace.ts';
import { unseenParts } from './unseen-parts.ts';

const { chart, run, close } = chartsAtHand();
afterAll(close);

const helm = (name: string) =>
  `  namespace: ${name}\n  helm: {repository: https://charts.example.com, chart: ${name}, version: 2.0.0}\n`;
const unseen = async (...args: Parameters<typeof run>) => unseenParts((await run(...args)).rendered);

test('charts that are not at hand are named, or counted where it is all of them', async () => {
  const more = { ...component('db', helm('db')), ...component('cache', helm('cache')) };
  const name = chart({ 'templates/a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n' });
  expect(await unseen(name)).toEqual([]);
  expect(await unseen(name, { more, components: 'web, db, cache' })).toEqual([
    'charts not at hand: cache 2.0.0 and db 2.0.0',
  ]);
  expect(await unseen('absent', { more, components: 'web, db, cache' })).toEqual(['none of its 3 charts at hand']);
  expect(await unseen('absent')).toEqual(['charts not at hand: absent 1.0.0']);
});

test('a chart that looks objects up is seen as on a first install; rendered, it is a hint', async () => {
  const look = '{{ range (lookup "v1" "Secret" .Release.Namespace "login").data }}{{ . }}{{ end }}';
  const all = '{{ len (lookup "v1" "Node" "" "") }}';
  const name = chart({
    'templates/a.yaml': `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {a: "${look}${all}"}\n`,
  });
  expect(await unseen(name)).toEqual(['seen as on a first install, since the chart asks the cluster: web']);
  expect((await run(name)).messages).toEqual([]);
  expect((await run(name, { delivery: 'rendered' })).messages).toEqual([
    `render/lookup: the chart charts/${name}-1.0.0.tgz asks the cluster for Secret shop/login and each Node, and is rendered as where that is not`,
  ]);
});

test('a chart that is not at hand may be known by recorded facts, whole or in part', async () => {
  const files = { 'chart.facts.yaml': facts('absent', '1.0.0') };
  expect(await unseen('absent', { files })).toEqual(['known by recorded facts: absent 1.0.0']);
  expect(await unseen('absent', { files, values: 'replicas: 2\n' })).toEqual([
    'known by recorded facts: absent 1.0.0',
    'in part, since they are given other values: web',
  ]);
  expect(await unseen('absent', { files: { 'chart.facts.yaml': facts('absent', '0.9.0') } })).toEqual([
    'charts not at hand: absent 1.0.0',
  ]);
  const name = chart({ 'templates/a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n' });
  expect(await unseen(name, { files: { 'chart.facts.yaml': facts(name, '1.0.0') } })).toEqual([]);
});

function facts(name: string, version: string): string {
  return `apiVersion: fluxwright.dev/v1
kind: ChartFacts
metadata: {name: web}
spec:
  chart: {repository: https://charts.example.com, name: ${name}, version: ${version}, digest: "sha256:${'0'.repeat(64)}"}
  release: {name: web, namespace: shop}
  case: defaults
  kubernetes: "1.36"
  depends: [{objects: [ConfigMap a], absent: [/replicas]}]
  objects: [{apiVersion: v1, kind: ConfigMap, metadata: {name: a, namespace: shop}}]
`;
}
