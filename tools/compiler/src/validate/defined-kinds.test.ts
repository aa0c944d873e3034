import { afterAll, expect, test } from 'vitest';
import { chartsAtHand } from '../../test/charts-at-hand.ts';
import { sampleDefinition } from '../../test/sample-definition.ts';
import { schemasFor } from './schemas-for.ts';
import { withoutSchema } from './unknown-kind.ts';

const { chart, run, engines, close } = chartsAtHand();
afterAll(close);

const widget = (spec: string) => `apiVersion: example.com/v1\nkind: Widget\nmetadata: {name: a}\nspec: ${spec}\n`;
const provides = '  provides: {crds: [widgets.example.com]}\n';

test.each(['crds', 'templates'])('a definition in %s/ of a chart at hand is the schema of its kind', async (folder) => {
  const name = chart({ [`${folder}/a.yaml`]: sampleDefinition('widgets', '{type: integer}') });
  const found = async (spec: string) => {
    const { rendered, found } = await run(name, { spec: provides, files: { 'configure/a.yaml': widget(spec) } });
    expect(withoutSchema(rendered.resources, schemasFor(rendered, engines).schemas)).toEqual([]);
    return found;
  };
  expect(await found('{size: 1}')).toEqual([]);
  expect(await found('{size: one}')).toMatchObject([
    {
      code: 'validate/schema',
      message: 'Widget shop/a has a string at spec.size, where a whole number belongs',
      primary: { file: 'components/web/configure/a.yaml', start: { line: 4 } },
      help: `change the value (example.com/v1 Widget as ${name}/${folder}/a.yaml defines it)`,
    },
  ]);
  expect(await found('{sise: 1}')).toMatchObject([
    {
      message: 'Widget shop/a may not have the key "sise" in spec',
      help: expect.stringContaining('did you mean "size"?'),
    },
  ]);
});

test('it is preferred to the set, which may be of another release', async () => {
  const own = { group: 'postgresql.cnpg.io', kind: 'Cluster' };
  const name = chart({ 'crds/a.yaml': sampleDefinition('clusters', '{type: integer}', own) });
  const object = 'apiVersion: postgresql.cnpg.io/v1\nkind: Cluster\nmetadata: {name: a}\nspec: {size: 1}\n';
  const sample = { spec: '  provides: {crds: [clusters.postgresql.cnpg.io]}\n', files: { 'configure/a.yaml': object } };
  expect((await run(name, sample)).messages).toEqual([]);
  expect((await run(chart({}), sample)).messages).toContainEqual(
    expect.stringContaining('may not have the key "size"'),
  );
});

test('a definition of the tree itself is one as well', async () => {
  const files = {
    'install/crd.yaml': sampleDefinition('widgets', '{type: integer}'),
    'configure/a.yaml': widget('{size: []}'),
  };
  expect((await run(chart({}), { files })).messages).toEqual([
    'validate/schema: Widget shop/a has a list at spec.size, where a whole number belongs',
  ]);
});

test('a definition whose schema nobody can use is a finding, not a failure', async () => {
  const name = chart({ 'crds/a.yaml': sampleDefinition('widgets', '{type: string, pattern: "(?<"}') });
  const { messages } = await run(name, { spec: provides, files: { 'configure/a.yaml': widget('{size: a}') } });
  expect(messages).toEqual(['validate/schema: Widget shop/a cannot be checked']);
});

test('its CEL rules count as well', async () => {
  const rule = '{type: integer, x-kubernetes-validations: [{rule: "self > 1", message: "must be more than one"}]}';
  const name = chart({ 'crds/a.yaml': sampleDefinition('widgets', rule) });
  const { messages } = await run(name, { spec: provides, files: { 'configure/a.yaml': widget('{size: 1}') } });
  expect(messages).toEqual([expect.stringContaining('must be more than one')]);
});
