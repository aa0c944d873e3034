import { expect, test } from 'vitest';
import { cluster, component, resolveFiles } from '../../test/sample-workspace.ts';
import { isUnset } from './text-in-context.ts';
import { filledText, valueOfText } from './value-of-text.ts';

const schema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    size: { type: 'string' },
    unset: { type: 'string' },
    count: { type: 'integer' },
    enabled: { type: 'boolean' },
    list: { type: 'array', items: { type: 'string' } },
    store: { type: 'object', additionalProperties: false, properties: { size: { type: 'string' } } },
  },
};

const values = 'size: 10Gi\ncount: 3\nenabled: false\nlist: [a, b]\nstore:\n  size: 1Gi\n';

const [one] = resolveFiles({
  ...component('web', '  namespace: web\n  footprint: {workloads: []}\n', {
    'values.schema.json': JSON.stringify(schema),
    'values.yaml': values,
  }),
  ...cluster('one', '  components: [web]\n  values: {web: {count: 5}}\n'),
});
if (one === undefined) throw new Error('the sample has no cluster');
const [web] = one.components;
if (web === undefined) throw new Error('the sample has no component');

const at = (said: string | number | boolean) => [one, web, { path: ['spec', 'namespace'], said }] as const;

test.each([
  ['a text without tags', 'ten', 'ten'],
  ['a number', 7, 7],
  ['a text in one tag', '{{values.size}}', '10Gi'],
  ['a value within others', '{{ values.store.size }}', '1Gi'],
  ['a number in one tag', '{{values.count}}', 5],
  ['a boolean in one tag', '{{values.enabled}}', false],
  ['a list in one tag', '{{values.list}}', ['a', 'b']],
  ['a map in one tag', '{{values.store}}', { size: '1Gi' }],
  ['an item of a list', '{{values.list.[1]}}', 'b'],
  ['what a function gives', '{{eq values.size "10Gi"}}', true],
  ['several parts', '{{values.count}}-{{values.size}}', '5-10Gi'],
  ['a tag with text before it', 'n{{values.count}}', 'n5'],
  ['a condition', '{{#if values.enabled}}1{{else}}0{{/if}}', '0'],
  ["the cluster's name", '{{cluster.name}}', 'one'],
])('%s has its value', (_, said, value) => {
  expect(valueOfText(...at(said))).toMatchObject({ value: { value }, diagnostics: [] });
});

test.each([
  ['a number', 7, '7'],
  ['a number in one tag', '{{values.count}}', '5'],
  ['several parts', '{{values.count}}-{{values.size}}', '5-10Gi'],
])('%s is text where only text can be', (_, said, value) => {
  expect(filledText(...at(said))).toMatchObject({ value: { value }, diagnostics: [] });
});

test.each([
  ['unset', '{{values.unset}}', 'render/missing-value', true],
  ['unset among other parts', 'a-{{values.unset}}', 'render/missing-value', true],
  ['unknown', '{{values.syze}}', 'render/unknown-value', false],
  ['unknown beside one that is unset', '{{values.unset}}{{values.syze}}', 'render/missing-value', false],
  ['a list among other parts', 'a-{{values.list}}', 'render/wrong-type', false],
  ['no template', '{{values.size', 'render/template-syntax', false],
])('a value that is %s gives none', (_, said, code, unset) => {
  for (const value of [valueOfText(...at(said)), filledText(...at(said))]) {
    expect(value).toMatchObject({
      value: undefined,
      diagnostics: expect.arrayContaining([expect.objectContaining({ code })]),
    });
    expect(isUnset(value)).toBe(unset);
  }
});

test('a list is none where only text can be', () => {
  expect(filledText(...at('{{values.list}}')).diagnostics).toMatchObject([{ code: 'render/wrong-type' }]);
});

test('what is decided by a value points at the layer that set it, and a finding at the text', () => {
  expect(valueOfText(...at('{{values.count}}')).value?.span.file).toBe('clusters/one/cluster.yaml');
  expect(valueOfText(...at('{{values.size}}')).value?.span).toMatchObject({
    file: 'components/web/values.yaml',
    start: { line: 1 },
  });
  const line = { file: 'components/web/component.yaml', start: { line: 8 } };
  expect(valueOfText(...at('{{cluster.name}}')).value?.span).toMatchObject(line);
  expect(valueOfText(...at('{{values.syze}}')).diagnostics).toMatchObject([{ primary: line }]);
});
