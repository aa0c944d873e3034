import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { chartsAtHand } from '../../test/charts-at-hand.ts';
import { sampleDefinition } from '../../test/sample-definition.ts';
import { proveDefinitions } from '../prove/prove-definitions.ts';
import { schemasFor } from '../validate/schemas-for.ts';
import { clusterKinds } from './cluster-kinds.ts';

const { root, chart, run, engines, close } = chartsAtHand();
afterAll(close);

/** Facts of the definitions of a chart that `run` installs, or of a place in git. */
function facts(of: string, definition: string, shapes = ''): string {
  return `apiVersion: fluxwright.dev/v1
kind: DefinitionFacts
metadata: {name: web}
spec:
  sources:
    - ${of}
      license: Apache-2.0
      definitions: |
        [{name: widgetry.example.com, kind: Widget, scope: Cluster, versions: [{name: v1, storage: true, shape: ${definition}}]}]
${shapes}`;
}

const ofChart = (name: string, version = '1.0.0') =>
  `chart: {repository: https://charts.example.com, name: ${name}, version: ${version}, digest: "sha256:${'0'.repeat(64)}"}`;
const ofGit = 'git: https://git.example.com/widgets\n      ref: {tag: v2}\n      path: ./crds';
const place = '  definitions: [{git: https://git.example.com/widgets, ref: {tag: v2}, path: ./crds}]\n';
const provides = '  provides: {crdsAtRuntime: true, crds: [widgetry.example.com]}\n';
const widget = (spec: string) => `apiVersion: example.com/v1\nkind: Widget\nmetadata: {name: a}\nspec: ${spec}\n`;
const definition = (size: string) => sampleDefinition('widgetry', size, { scope: 'Cluster' });

/** Findings about an object of a kind whose definition is recorded. */
async function find(name: string, recorded: string, spec = provides, object = widget('{size: one}')) {
  const files = { 'configure/a.yaml': object, 'crds.facts.yaml': recorded };
  const { rendered, found } = await run(name, { spec, files });
  const said = [...found, ...proveDefinitions(rendered, engines)];
  return { rendered, messages: said.map(({ code, message }) => `${code}: ${message}`) };
}

const wrong = 'validate/schema: Widget shop/a has a string at spec.size, where a whole number belongs';

test('objects are held against names and types that were recorded of a chart that is not at hand', async () => {
  const { rendered, messages } = await find('away', facts(ofChart('away'), '{spec: {size: integer}}'));
  expect(messages).toEqual([wrong]);
  const source = schemasFor(rendered, engines).schemas.describe('example.com/v1', 'Widget')?.source;
  expect(source?.module).toBe('chart away 1.0.0 (recorded)');
});

test('they say what the definition is called and that its objects have no namespace', async () => {
  const { rendered } = await find('away', facts(ofChart('away'), '{spec: {size: string}}'));
  const kinds = clusterKinds(rendered.cluster);
  expect(kinds.definitionNames('example.com/v1', 'Widget')).toEqual(['widgetry.example.com']);
  expect(kinds.isClusterScoped('example.com', 'Widget')).toBe(true);
  expect(kinds.isClusterScoped('', 'Namespace')).toBe(true);
});

test('those of another version or licence tell nothing', async () => {
  const { messages } = await find('away', facts(ofChart('away', '0.9.0'), '{spec: {size: integer}}'));
  expect(messages).toContain('prove/stale-facts: the recorded definitions of component "web" are of another chart');
  expect(messages).not.toContain(wrong);
  const licensed = place.replace('path', 'license: MIT, path').replace('v2', 'v1');
  const other = await find('away', facts(ofGit.replace('v2', 'v1'), '{spec: {size: integer}}'), provides + licensed);
  expect(other.messages).toContain(
    'prove/stale-facts: the recorded definitions of component "web" are of another source',
  );
});

test('the definition of a chart at hand goes before', async () => {
  const name = chart({ 'crds/a.yaml': definition('{type: string, maxLength: 2}') });
  const { messages } = await find(name, facts(ofChart(name), '{spec: {size: integer}}'));
  expect(messages).toEqual([
    'validate/schema: Widget shop/a breaks the schema at spec.size',
    'prove/stale-facts: the recorded definitions of component "web" are not what the chart has',
  ]);
});

test('a further place in git at hand is used whole, rules included', async () => {
  const folder = path.join(root, 'charts/git/widgets-v2/crds');
  mkdirSync(folder, { recursive: true });
  const rule = '{type: integer, x-kubernetes-validations: [{rule: "self > 1", message: "must be more than one"}]}';
  writeFileSync(path.join(folder, 'all.yaml'), `kind: Other\n---\n${definition(rule)}`);
  const recorded = facts(ofGit, '{spec: {size: integer}}');
  const { messages } = await find('away', recorded, provides + place, widget('{size: 1}'));
  expect(messages).toEqual([expect.stringContaining('must be more than one')]);
  const other = await find('away', facts(ofGit, '{spec: {size: string}}'), provides + place, widget('{size: 2}'));
  expect(other.messages).toEqual([
    'prove/stale-facts: the recorded definitions of component "web" are not what the source has',
  ]);
});

test.each([
  ['a type that is none', '{spec: {size: whole}}', 'whole is no type'],
  ['a text that ends early', '{spec: {', 'a colon is meant behind ]'],
])('%s is a finding', async (_, shape, note) => {
  const files = { 'crds.facts.yaml': facts(ofChart('away'), shape) };
  const { rendered } = await run('away', { spec: provides, files });
  expect(proveDefinitions(rendered, engines)).toMatchObject([
    {
      code: 'load/wrong-type',
      note: expect.stringContaining(note),
      primary: { file: 'components/web/crds.facts.yaml' },
    },
  ]);
});
