import fc from 'fast-check';
import { expect, it } from 'vitest';
import { cluster, component, type Files, type Rendered, render, resolveFiles } from '../../test/sample-workspace.ts';
import { makeRenderCache } from './render-cache.ts';

const schema = JSON.stringify({
  type: 'object',
  additionalProperties: false,
  properties: {
    word: { type: 'string' },
    count: { type: 'integer' },
    map: { type: 'object' },
    list: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        properties: { name: { type: 'string' }, on: { type: 'boolean' } },
      },
    },
  },
});
const object = (name: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\ndata:\n`;

/** Templates that read in every way there is. */
const templates = {
  'install/word.yaml.hbs': `${object('word')}  a: {{values.word}}\n  b: x{{values.word}}.{{cluster.domain}}\n  c: "{{values.word}}"\n`,
  'install/map.yaml.hbs': `${object('map')}{{#if values.map}}\n{{indent 2 (toYaml values.map)}}\n{{/if}}\n  n: {{or values.count 7}}\n`,
  'install/list.yaml.hbs': `{{#each values.list as |item at|}}\n${object('list-{{at}}')}  a: {{item.name}}\n  on: {{#if on}}1{{else}}0{{/if}}\n---\n{{/each}}\n`,
  'configure/has.yaml.hbs': `{{#if (has "other")}}\n${object('has')}  a: {{component.version}}\n{{/if}}\n`,
  'helm/values.yaml.hbs':
    'word: {{toJson (or values.word "none")}}\n{{#with cluster.kubernetes}}\nversion: {{version}}\n{{/with}}\n',
};
const spec =
  '  namespace: kube-system\n  helm: {repository: https://charts.example.com, chart: sample, version: 1.0.0}\n';
const sample = component('sample', spec, { 'values.schema.json': schema, ...templates });
const other = component('other', '  namespace: kube-system\n', { 'install/a.yaml': object('other') });

const word = fc.constantFrom('web', 'true', '1e3', 'a: b', '# x', 'null', '', 'a-b.c');
const values = fc.record(
  {
    word,
    count: fc.integer({ min: -2, max: 2 }),
    map: fc.dictionary(fc.constantFrom('b', 'a', 'c'), fc.oneof(word, fc.integer({ min: 0, max: 3 }))),
    list: fc.array(fc.record({ name: word, on: fc.boolean() }, { requiredKeys: [] }), { maxLength: 2 }),
  },
  { requiredKeys: [] },
);
const fleet = fc.array(fc.record({ values, other: fc.boolean(), flux: fc.constantFrom('2.9', '2.6') }), {
  minLength: 2,
  maxLength: 4,
});

function workspace(clusters: typeof fleet extends fc.Arbitrary<infer Fleet> ? Fleet : never): Files {
  const made = clusters.map((each, index) => {
    const components = each.other ? '[other, sample]' : '[sample]';
    const text = `  components: ${components}\n  flux: {version: "${each.flux}"}\n  values: {sample: ${JSON.stringify(each.values)}}\n`;
    return cluster(`c${index}`, text);
  });
  return Object.assign({}, sample, other, ...made);
}

/** All that a cluster's render says, and where it says each value comes from. */
function told(rendered: Rendered): unknown {
  return {
    findings: rendered.findings,
    resources: rendered.resources.map(({ path, object: made, origin }) => ({
      path,
      made,
      from: tracesOf(made, origin.trace, []),
    })),
  };
}

type Trace = Rendered['resources'][number]['origin']['trace'];

function tracesOf(value: unknown, trace: Trace, path: readonly (string | number)[]): unknown[] {
  const inner = value !== null && typeof value === 'object' ? Object.entries(value) : [];
  const keyed = inner.map(([key, item]) => [Array.isArray(value) ? Number(key) : key, item] as const);
  return [trace(path), ...keyed.flatMap(([key, item]) => tracesOf(item, trace, [...path, key]))];
}

it('gives what an empty cache gives, however small it is and whoever filled it', () => {
  fc.assert(
    fc.property(fleet, fc.integer({ min: 1, max: 40 }), (clusters, results) => {
      const cache = makeRenderCache({ bounds: { results, characters: results * 40 } });
      for (const resolved of resolveFiles(workspace(clusters))) {
        expect(told(render(resolved, cache))).toEqual(told(render(resolved)));
      }
    }),
    { numRuns: 60 },
  );
});

it('forgets what was used longest ago', () => {
  const cache = makeRenderCache({ bounds: { results: 2, characters: 10 } });
  const made: string[] = [];
  const ask = (digest: string) =>
    cache.result(digest, () => {
      made.push(digest);
      return { objects: [], findings: [] };
    });
  for (const digest of ['a', 'b', 'a', 'c', 'a', 'b']) ask(digest);
  expect(made).toEqual(['a', 'b', 'c', 'b']);
});
