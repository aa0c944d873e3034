import { expect, test } from 'vitest';
import { contracts, providers } from '../../test/sample-services.ts';
import { cluster, component, type Files, renderFiles } from '../../test/sample-workspace.ts';
import { secretsInOutput } from './secrets-in-output.ts';

const schema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    admin: { $ref: '#/$defs/login' },
    users: { type: 'array', items: { $ref: '#/$defs/login' } },
    title: { type: 'string', description: 'Shown.' },
  },
  $defs: {
    login: {
      type: 'object',
      additionalProperties: false,
      properties: {
        name: { type: 'string', description: 'Who.' },
        key: { type: 'string', writeOnly: true, description: 'Secret.' },
        pin: { type: 'string', 'x-fluxwright-secret': true, description: 'Secret.' },
      },
    },
  },
};
const values = 'admin: {name: root, key: one}\nusers: [{name: ann, pin: "two"}]\ntitle: Shop\n';

interface Given {
  readonly defaults?: string;
  /** Of component.yaml. */
  readonly spec?: string;
  readonly files?: Files;
}

function found(data: string, { defaults = values, spec = '', files = {} }: Given = {}): readonly string[] {
  const template = `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: shop}\ndata:\n${data}\n`;
  const rendered = renderFiles({
    ...files,
    ...cluster('one', '  provider: own\n  components: [shop]\n'),
    ...component('shop', `  namespace: shop\n${spec}`, {
      'install/config.yaml.hbs': template,
      'values.schema.json': JSON.stringify(schema),
      'values.yaml': defaults,
    }),
  });
  expect(rendered.findings).toEqual([]);
  return secretsInOutput(rendered).map(({ code, note }) => `${code} ${note}`);
}

test.each([
  '  a: {{values.admin.key}}',
  '  a: {{quote (concat "x-" values.admin.key)}}',
  '  a: prefix {{values.admin.key}} suffix',
  '  a: {{quote (toJson values.admin)}}',
  '{{#each values.users}}\n  a: {{pin}}\n{{/each}}',
  '{{#with values.admin}}\n  a: {{key}}\n{{/with}}',
])('a template that prints a declared secret is found: %s', (data) => {
  expect(found(data)).toEqual(['secret/secret-value becomes data.a']);
});

test.each([
  ['  "{{values.admin.key}}": a', 'data'],
  ['  x-{{values.admin.key}}-x: a', 'data'],
  ['  a: {"{{values.admin.key}}": {b: c}}', 'data.a'],
])('a declared secret that becomes a key is found: %s', (data, place) => {
  expect(found(data)).toEqual([`secret/secret-value becomes a key of ${place}`]);
});

test('a map that is printed whole is judged value by value', () => {
  expect(found('{{indent 2 (toYaml values.admin)}}')).toEqual(['secret/secret-value becomes data.key']);
});

test.each([
  '  a: {{values.title}}',
  '  a: {{values.admin.name}}',
  '{{#if values.admin.key}}\n  a: given\n{{/if}}\n  b: c',
])('what is not secret, or only asked for, is not: %s', (data) => {
  expect(found(data)).toEqual([]);
});

test('a secret that nobody set cannot leak', () => {
  expect(
    found('  a: {{quote (toJson values.admin)}}', { defaults: 'admin: {name: root}\nusers: []\ntitle: Shop\n' }),
  ).toEqual([]);
});

test.each([
  ['{{#each service.login}}\n  a: {{item.pin}}\n{{/each}}', ['secret/secret-value becomes data.a']],
  ['  a: {{quote (toJson service.login)}}', ['secret/secret-value becomes data.a']],
  ['{{#each service.login}}\n  {{name}}: {{item.name}} {{login}}\n{{/each}}', []],
])('the items of forEach are as secret as the list that they stand in: %s', (data, codes) => {
  const spec = '  requires: {services: [{kind: user, name: login, forEach: values.users}]}\n';
  expect(found(data, { spec, files: { ...contracts, ...providers } })).toEqual(codes);
});
