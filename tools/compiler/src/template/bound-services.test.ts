import type { JsonObject } from '@fluxwright/documents';
import { expect, test } from 'vitest';
import { configMap, contracts, providers, servicesWorkspace } from '../../test/sample-services.ts';
import { cluster, component, type Files, pair, resolveFiles } from '../../test/sample-workspace.ts';
import { type BoundService, boundServices } from './bound-services.ts';
import { serviceContext, templateContext } from './cluster-context.ts';
import { serviceFindings } from './service-findings.ts';

/** The services of the first cluster, and what is wrong with them. */
function bind(files: Files) {
  const [first] = resolveFiles(files);
  if (first === undefined) throw new Error('the sample has no cluster');
  return { services: boundServices(first), findings: serviceFindings(first) };
}

function serviceOf(files: Files, key: string): BoundService {
  const { services, findings } = bind(files);
  expect(findings).toEqual([]);
  const found = services.get(key);
  if (found === undefined) throw new Error(`no ${key} among ${[...services.keys()].join(', ')}`);
  return found;
}

const requestOf = ({ context }: BoundService): JsonObject => context.roots.request?.value as JsonObject;

test('what is not said has the default of the contract, and without one it is not there', () => {
  const requests = [{ kind: 'database', name: 'db', with: { label: '{{values.size}}' } }];
  const db = serviceOf(servicesWorkspace({ shop: { requests } }), 'shop/db');
  expect(requestOf(db)).toEqual({
    name: 'db',
    object: 'shop-db',
    with: { size: 1 },
    secret: {},
    of: null,
    protect: 'backup',
  });
});

test('a value keeps its type on the way from a layer through the request into the outputs', () => {
  const requests = [{ kind: 'database', name: 'db', with: { size: '{{values.size}}' } }];
  const db = serviceOf(servicesWorkspace({ shop: { requests, values: { size: 5 } } }), 'shop/db');
  expect(requestOf(db).with).toEqual({ size: 5 });
  expect(db.outputs).toEqual({ name: 'shop-db', size: 5 });
});

test('the lines behind what is asked for are those of the layer, of the request, of the contract', () => {
  const requests = [
    { kind: 'user', with: {} },
    { kind: 'database', name: 'db', with: { size: '{{values.size}}' } },
  ];
  const files = {
    ...servicesWorkspace({ shop: { requests, values: { size: 5 } } }),
    ...cluster('one', '  components: [shop]\n  values:\n    shop:\n      size: 6\n'),
  };
  const filesOf = (service: BoundService, ...path: string[]) =>
    service.originsOf(path).map(({ file, start }) => `${file}:${start?.line}`);
  expect(filesOf(serviceOf(files, 'shop/db'), 'with', 'size')).toEqual([
    'clusters/one/cluster.yaml:10',
    'components/shop/component.yaml:9',
  ]);
  expect(filesOf(serviceOf(files, 'shop/user'), 'with', 'role')).toEqual(['components/services.defs.json:1']);
  expect(filesOf(serviceOf(files, 'shop/user'), 'object')).toEqual(['components/shop/component.yaml:9']);
});

test('each of forEach sees its own item', () => {
  const requests = [{ kind: 'database', name: 'topic', forEach: 'values.topics', with: { label: 'for {{item}}' } }];
  const { services } = bind(servicesWorkspace({ shop: { requests, values: { topics: ['b', 'a'] } } }));
  const labels = [...services.values()].map((each) => [each.request.key, (requestOf(each).with as JsonObject).label]);
  expect(labels).toEqual([
    ['shop/topic-a', 'for a'],
    ['shop/topic-a-backup', undefined],
    ['shop/topic-b', 'for b'],
    ['shop/topic-b-backup', undefined],
  ]);
});

test('access to what another asked for says nothing that the contract wants said', () => {
  const needy = JSON.parse(contracts['components/services.defs.json'] as string);
  needy.kinds.database.request.required = ['label'];
  const requests = (shop: object) => ({
    ...servicesWorkspace({
      shop: { requests: [{ kind: 'database', name: 'db', ...shop }] },
      reader: { requests: [{ kind: 'database', name: 'db', of: 'shop/db' }] },
    }),
    'components/services.defs.json': JSON.stringify(needy),
  });
  expect(bind(requests({ with: { label: 'a' } })).findings).toEqual([]);
  expect(bind(requests({})).findings.map(({ message }) => message)).toEqual([
    'a database is asked for without its "label"',
  ]);
});

test('nothing secret can be asked with, neither by itself nor as an item of a list', () => {
  const schema = {
    type: 'object',
    additionalProperties: false,
    properties: {
      token: { type: 'string', writeOnly: true },
      users: {
        type: 'array',
        items: {
          type: 'object',
          additionalProperties: false,
          properties: { name: { type: 'string' }, token: { type: 'string', writeOnly: true } },
        },
      },
    },
  };
  const ask = (request: string) =>
    bind({
      ...contracts,
      ...providers,
      ...component('shop', `  namespace: shop\n  requires: {services: [${request}]}\n`, {
        'values.schema.json': JSON.stringify(schema),
        'values.yaml': 'token: abcdefgh\nusers: [{name: a, token: ijklmnop}]\n',
      }),
      ...cluster('one', '  components: [shop]\n'),
    }).findings.map(({ code, message }) => `${code}: ${message}`);
  expect(ask('{kind: database, with: {label: "{{values.token}}"}}')).toEqual([
    'plan/refused-request: component "shop" asks for a database with values.token, which is declared secret',
  ]);
  expect(ask('{kind: database, forEach: values.users, with: {label: "x{{item.token}}"}}')).toEqual([
    'plan/refused-request: component "shop" asks for a database with values.users[0].token, which is declared secret',
  ]);
  expect(ask('{kind: database, forEach: values.users, with: {label: "{{item.name}}"}}')).toEqual([]);
});

test('nothing secret of a provider is told', () => {
  const files = servicesWorkspace({ shop: { requests: [{ kind: 'user' }] } });
  const { findings } = bind({
    ...files,
    ...component(
      'users',
      '  namespace: users\n  provides: {services: [{kind: user, outputs: {login: "x{{values.root}}"}}]}\n',
      {
        'install/users.yaml.hbs': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: users}\n',
        'values.schema.json': JSON.stringify({
          type: 'object',
          additionalProperties: false,
          properties: { root: { type: 'string', writeOnly: true } },
        }),
        'values.yaml': 'root: abcdefgh\n',
      },
    ),
  });
  expect(findings.map(({ code, message }) => `${code}: ${message}`)).toEqual([
    'render/wrong-output: "users" tells of a user what values.root is, which is declared secret',
  ]);
});

test('what a service needs for each of a list of its provider is told by the names in that list', () => {
  const [first] = resolveFiles({
    ...servicesWorkspace({ shop: { requests: [{ kind: 'database', name: 'db' }] } }),
    ...component(
      'databases',
      `  namespace: databases
  provides:
    services:
      - kind: database
        outputs: {name: "{{request.object}}"}
        requires: {services: [{kind: store, name: backup, forEach: values.places, with: {path: "{{request.object}}/{{item}}"}}]}
`,
      {
        'services/database.yaml.hbs': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: "{{request.object}}"}\n',
        'values.schema.json': JSON.stringify({
          type: 'object',
          additionalProperties: false,
          properties: { places: { type: 'array', items: { type: 'string' } } },
        }),
        'values.yaml': 'places: [near, far]\n',
      },
    ),
  });
  if (first === undefined) throw new Error('the sample has no cluster');
  const db = boundServices(first).get('shop/db');
  if (db === undefined) throw new Error('there is no shop/db');
  expect(serviceContext(first, db).roots.service?.value).toEqual({
    backup: [
      { item: 'far', name: 'far', path: 'shop-db/far' },
      { item: 'near', name: 'near', path: 'shop-db/near' },
    ],
  });
});

test('in a pair of mixed parts only what nobody is primary of is handed over', () => {
  const services = ['db', 'notes', 'photos'];
  const resolved = resolveFiles({
    ...contracts,
    ...component(
      'databases',
      `  namespace: databases
  provides:
    services:
      - kind: database
        outputs: {name: "{{request.object}}"}
        pair: {strategy: stream, ways: {port: {}}}
  pair: {strategy: stream, ways: {port: {}}}
`,
      { 'services/database.yaml.hbs': configMap('{{request.object}}', { part: '{{request.name}}' }) },
    ),
    ...component(
      'shop',
      `  namespace: shop\n  requires:\n    services:\n${services.map((name) => `      - {kind: database, name: ${name}, protect: replicate}\n`).join('')}`,
      { 'install/a.yaml': configMap('shop', { is: 'open' }) },
    ),
    ...pair(['shop'], {
      north: 'role: standby, switching: true, services: {shop/db: standby, shop/notes: standby, shop/photos: primary}',
      south: 'role: standby, services: {shop/notes: primary}',
    }),
  });
  const parts = (name: string) => {
    const found = resolved.find((each) => each.name === name);
    if (found === undefined) throw new Error(`no cluster ${name}`);
    const partOf = (pair: JsonObject) => {
      const { role, copies, handsOver, peer } = pair as Readonly<Record<string, JsonObject>>;
      return [role, { copies, handsOver }, { copies: peer?.copies, handsOver: peer?.handsOver }];
    };
    const itself = found.components.find(({ component: { name } }) => name === 'databases');
    if (itself === undefined) throw new Error(`no databases in ${name}`);
    return {
      ...Object.fromEntries(
        services.map((each) => [
          each,
          partOf(boundServices(found).get(`shop/${each}`)?.context.roots.pair?.value as JsonObject),
        ]),
      ),
      databases: partOf(templateContext(found, itself).roots.pair?.value as JsonObject),
    };
  };
  const leads = { copies: false, handsOver: false };
  const follows = { copies: true, handsOver: false };
  const leaves = { copies: false, handsOver: true };
  expect(parts('north')).toEqual({
    db: ['standby', leaves, follows],
    notes: ['standby', follows, leads],
    photos: ['primary', leads, follows],
    databases: ['standby', leaves, follows],
  });
  expect(parts('south')).toEqual({
    db: ['standby', follows, leaves],
    notes: ['primary', leads, follows],
    photos: ['standby', follows, leads],
    databases: ['standby', follows, leaves],
  });
});
