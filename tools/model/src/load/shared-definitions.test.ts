import { describe, expect, it } from 'vitest';
import { cluster, component, type Files, writeWorkspace } from '../../test/write-workspace.ts';
import { loadWorkspace } from './load-workspace.ts';
import { secretPaths } from './secret-paths.ts';
import { uniqueValues } from './unique-values.ts';

const from = (name: string) => ({ $ref: `../values.defs.json#/$defs/${name}`, description: 'A value.' });
const described = (schema: object) => ({ title: 'A shape', description: 'What it is for.', ...schema });
const definitions = (schemas: Readonly<Record<string, object>>) => ({
  $defs: Object.fromEntries(Object.entries(schemas).map(([name, each]) => [name, described(each)])),
});
const login = {
  login: {
    type: 'object',
    additionalProperties: false,
    properties: { name: { $ref: '#/$defs/name' }, password: { description: 'Kept.', type: 'string', writeOnly: true } },
  },
  name: { type: 'string', 'x-fluxwright-unique': 'fleet' },
  other: { type: 'integer' },
};

function load(files: Files) {
  const { value, diagnostics } = loadWorkspace(writeWorkspace({ ...cluster('one', {}), ...files }));
  return { components: value.components, found: diagnostics.map(({ code, note }) => `${code} ${note}`) };
}

/** A component of the workspace that takes the definition of a login. */
function withLogin(schemas: Readonly<Record<string, object>> = login) {
  const { components } = load({
    ...component('app', {}, { properties: { admin: from('login') } }),
    'components/values.defs.json': definitions(schemas),
  });
  const app = components.get('app');
  if (app === undefined) throw new Error('not loaded');
  return app;
}

describe('a schema that takes a shared definition', () => {
  it('holds it, and those that it refers to, and no other', () => {
    const { $defs, properties } = withLogin().schema.value as Record<string, Record<string, Record<string, object>>>;
    expect(Object.keys($defs?.['values.defs.json']?.$defs ?? {})).toEqual(['login', 'name']);
    expect(properties?.admin).toMatchObject({ $ref: '#/$defs/values.defs.json/$defs/login' });
  });

  it('tells where each part stands in the file that has it', () => {
    const { schema } = withLogin();
    const at = (...path: string[]) => schema.locate(path, 'key');
    expect(at('properties', 'admin').file).toBe('components/app/values.schema.json');
    const name = at('$defs', 'values.defs.json', '$defs', 'name', 'type');
    expect(name.file).toBe('components/values.defs.json');
    expect(name.start?.line).toBe(22);
  });

  it('is another text where a definition is another, so that whoever has it is built anew', () => {
    const changed = { ...login, name: { type: 'string', maxLength: 4 } };
    expect(withLogin(changed).schema.text).not.toBe(withLogin().schema.text);
  });

  it('knows what is secret and what is unique in it', () => {
    const app = withLogin();
    const values = { admin: { name: 'ann', password: 'x' } };
    expect(secretPaths(values, app.schema.value)).toEqual([['admin', 'password']]);
    const unique = uniqueValues(app).map(({ path, rule }) => `${path.join('.')} ${rule.file}:${rule.start?.line}`);
    expect(unique).toEqual(['admin.name components/values.defs.json:23']);
  });

  it('stays as it is where it takes none, whatever there is to take', () => {
    const { components } = load({ ...component('app'), 'components/values.defs.json': definitions(login) });
    expect(components.get('app')?.schema.value).not.toHaveProperty('$defs');
  });
});

describe('a component that npm installed', () => {
  const mail = component('mail', {}, { folder: 'node_modules/mail', properties: { admin: from('login') } });
  const installed = { 'package.json': { dependencies: { mail: '1.2.3' } }, ...mail };

  it('takes the definitions that its package brings, not those of the workspace', () => {
    const { components, found } = load({
      ...installed,
      'components/values.defs.json': definitions({ login: { type: 'integer' } }),
      'node_modules/mail/values.defs.json': definitions(login),
    });
    expect(found).toEqual([]);
    const where = components.get('mail')?.schema.locate(['$defs', 'values.defs.json', '$defs', 'login']);
    expect(where?.file).toBe('node_modules/mail/values.defs.json');
  });

  it('takes those beside it where its package holds a folder of components', () => {
    const { components, found } = load({
      'package.json': { dependencies: { many: '1.2.3' } },
      ...component('mail', {}, { folder: 'node_modules/many/components/mail', properties: { admin: from('login') } }),
      'node_modules/many/package.json': { name: 'many', fluxwright: { component: 'components/mail' } },
      'node_modules/many/components/values.defs.json': definitions(login),
    });
    expect(found).toEqual([]);
    expect([...components.keys()]).toEqual(['mail']);
  });

  it('is refused where its package brings none', () => {
    const { components, found } = load({ ...installed, 'components/values.defs.json': definitions(login) });
    expect(found).toEqual(['load/invalid-schema there is no node_modules/mail/values.defs.json']);
    expect(components.size).toBe(0);
  });
});

it.each([
  ['no JSON', '{', /json-syntax/],
  ['a list', [], /no "\$defs"/],
  ['a definition that is none', { $defs: { login: 1 } }, /it is no map/],
  ['a name that no reference can have', definitions({ 'a/b': {} }), /references cannot name it/],
  [
    'a reference out of the file',
    definitions({ login: { $ref: 'app/values.schema.json' } }),
    /no definition of this file/,
  ],
  ['a definition of itself', definitions({ login: { items: { $ref: '#/$defs/login' } } }), /"login" refers to "login"/],
])(
  'a file of definitions with %s is one finding, and who takes some is left out without another',
  (_what, file, says) => {
    const { components, found } = load({
      ...component('app', {}, { properties: { admin: from('login') } }),
      ...component('shop', {}, { properties: { admin: from('login') } }),
      ...component('web'),
      'components/values.defs.json': file,
    });
    expect(found).toEqual([expect.stringMatching(says)]);
    expect([...components.keys()]).toEqual(['web']);
  },
);
