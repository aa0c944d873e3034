import { expect, test } from 'vitest';
import { component, product, writeWorkspace } from '../../test/write-workspace.ts';
import { loadWorkspace } from '../load/load-workspace.ts';
import { idleChoices } from './idle-choices.ts';

/** What is found of the choice `store` between a, b and c, where `shop` has this spec and this template. */
function found(spec: object, template = '', options: object = { a: {}, b: {}, c: {} }): readonly string[] {
  const files = writeWorkspace({
    ...product('base', { choices: { store: { options } } }),
    ...component('shop', spec),
    'components/shop/install/shop.yaml.hbs': `kind: ConfigMap\n# ${template}\n`,
  });
  return idleChoices(loadWorkspace(files).value).map(({ message }) => message);
}

const nothing = ['product "base" asks every cluster for its store, which changes nothing'];
const alike = (names: string) => [`product "base" offers store ${names}, which make no difference`];

test.each<readonly [string, object, string, readonly string[]]>([
  ['nobody asks', {}, '', nothing],
  ['a component exists by one option', { choices: { store: ['a'] } }, '', alike('"b" and "c"')],
  ['a component that is to come does nothing', { choices: { store: ['a'] }, maturity: 'coming' }, '', nothing],
  ['a template compares with two', {}, '{{#if (eq cluster.store "a")}}{{else if (eq @root.cluster.store "b")}}', []],
  ['a template compares with one', {}, '{{#if (ne cluster.store "b")}}', alike('"a" and "c"')],
  ['a template prints it', {}, '{{cluster.store}}', []],
  ['a template prints it from the further choices', {}, '{{cluster.choices.store}}', []],
  ['another name is not meant', {}, '{{cluster.storeroom}}', nothing],
])('%s', (_what, spec, template, findings) => {
  expect(found(spec, template)).toEqual(findings);
});

test('what is to come does nothing, and may', () => {
  expect(found({}, '', { a: {}, b: { maturity: 'coming' }, c: { maturity: 'coming' } })).toEqual([]);
});

test('values for an option tell it from the others, and so does what is made for requests', () => {
  const of = (files: object, options: object = { a: {}, b: {} }) =>
    idleChoices(
      loadWorkspace(
        writeWorkspace({ ...product('base', { choices: { store: { options } } }), ...component('shop'), ...files }),
      ).value,
    ).map(({ message }) => message);
  expect(of({})).toEqual(nothing);
  expect(of({ 'components/shop/values.store.a.yaml': {} })).toEqual(nothing);
  expect(of({ 'components/shop/values.store.a.yaml': { size: 1 } })).toEqual([]);
  expect(of({}, { a: {}, b: { values: { shop: { size: 1 } } } })).toEqual([]);
  expect(
    of({ ...serving, 'components/shop/services/bucket.yaml.hbs': 'kind: ConfigMap\n# {{cluster.store}}\n' }),
  ).toEqual([]);
});

const closed = { type: 'object', additionalProperties: false, properties: {} };
const serving = {
  ...component('shop', { provides: { services: [{ kind: 'bucket', outputs: {} }] } }),
  'components/services.defs.json': {
    kinds: { bucket: { title: 'Bucket', description: 'A bucket.', phase: 'before', request: closed, outputs: closed } },
  },
};
