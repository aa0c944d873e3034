import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cluster, component, type Files, writeWorkspace } from '../../test/write-workspace.ts';
import { loadWorkspace } from '../load/load-workspace.ts';
import { resolveCluster } from './resolve-cluster.ts';
import type { ResolvedCluster, ResolvedRequest } from './resolved-cluster.ts';
import { stageKey } from './stage-edges.ts';

const empty = { type: 'object', additionalProperties: false, properties: {} };
const contract = { title: 'A kind', description: 'For tests.', phase: 'before', request: empty, outputs: empty };
const contracts: Files = { 'components/services.defs.json': { kinds: { queue: contract, disk: contract } } };
const broker = (more: object = {}): Files => ({
  ...component('broker', { provides: { services: [{ kind: 'queue', outputs: {}, ...more }] } }),
  'components/broker/services/queue.yaml.hbs': 'kind: Queue\n',
});
const disks: Files = {
  ...component('disks', { provides: { services: [{ kind: 'disk', outputs: {} }] } }, { configure: true }),
  'components/disks/services/disk.yaml.hbs': 'kind: Disk\n',
};

function resolve(files: Files, name = 'one'): ResolvedCluster {
  const { value: workspace, diagnostics } = loadWorkspace(writeWorkspace({ ...contracts, ...files }));
  const resolved = resolveCluster(workspace, name);
  expect([...diagnostics, ...resolved.diagnostics]).toEqual([]);
  if (resolved.value === undefined) throw new Error('no cluster');
  return resolved.value;
}

const shown = ({ key, group, object, provider, asker, parent }: ResolvedRequest) =>
  [key, group, object, `by ${stageKey(provider)}`, `of ${asker}`, ...(parent === undefined ? [] : [parent])].join(' ');
const names = ({ components }: ResolvedCluster) => components.map((each) => each.component.name);
const order = ({ edges }: ResolvedCluster) => edges.map(({ from, to }) => `${stageKey(from)} after ${stageKey(to)}`);

test('a request pulls in the one that provides its kind, waits for it, and its consumer for the request', () => {
  const one = resolve({
    ...cluster('one', { components: ['shop'] }),
    ...component('shop', { requires: { services: [{ kind: 'disk' }] } }),
    ...disks,
  });
  expect(one.services.map(shown)).toEqual(['shop/disk disk shop-disk by disks-configure of shop']);
  expect(names(one)).toEqual(['disks', 'shop']);
  expect(order(one)).toEqual([
    'disks-configure after disks',
    'shop after shop-services',
    'shop-services after disks-configure',
  ]);
  expect(one.components.map(({ stages }) => stages)).toEqual([
    ['install', 'configure'],
    ['services', 'install'],
  ]);
});

test('an optional request pulls in nobody, and is bound where somebody is there anyway', () => {
  const files = {
    ...component('shop', { requires: { services: [{ kind: 'queue', optional: true }] } }),
    ...broker(),
    ...cluster('one', { components: ['shop'] }),
    ...cluster('two', { components: ['broker', 'shop'] }),
  };
  const one = resolve(files);
  expect(one.services).toEqual([]);
  expect(one.components.map(({ stages }) => stages)).toEqual([['install']]);
  expect(order(one)).toEqual([]);
  expect(resolve(files, 'two').services.map(shown)).toEqual(['shop/queue queue shop-queue by broker of shop']);
});

test('what a service needs is asked in the name of its consumer, once a request, and named after it', () => {
  const one = resolve({
    ...cluster('one', { components: ['shop'] }),
    ...component('shop', {
      requires: {
        services: [
          { kind: 'queue', name: 'mail' },
          { kind: 'queue', name: 'jobs', object: 'work' },
        ],
      },
    }),
    ...broker({ requires: { services: [{ kind: 'disk', name: 'store' }] } }),
    ...disks,
  });
  expect(one.services.map(shown)).toEqual([
    'shop/jobs jobs work by broker of shop',
    'shop/jobs-store store work-store by disks-configure of broker shop/jobs',
    'shop/mail mail shop-mail by broker of shop',
    'shop/mail-store store shop-mail-store by disks-configure of broker shop/mail',
  ]);
});

test('forEach makes one for each name, whatever layer says the list', () => {
  const topics = { type: 'array', items: {} };
  const files = {
    ...component(
      'shop',
      { requires: { services: [{ kind: 'queue', name: 'topic', forEach: 'values.mail.topics' }] } },
      {
        properties: { mail: { type: 'object', properties: { topics } } },
        values: { mail: { topics: ['b', { name: 'a' }] } },
      },
    ),
    ...broker(),
    ...cluster('one', { components: ['shop'] }),
    ...cluster('two', { components: ['shop'], values: { shop: { mail: { topics: [] } } } }),
    ...cluster('three', { components: ['shop'], values: { shop: { mail: null } } }),
  };
  const { services } = resolve(files);
  expect(services.map(shown)).toEqual([
    'shop/topic-a topic shop-topic-a by broker of shop',
    'shop/topic-b topic shop-topic-b by broker of shop',
  ]);
  expect(services.map(({ item }) => [item?.name, item?.value, item?.at])).toEqual([
    ['a', { name: 'a' }, ['mail', 'topics', 1]],
    ['b', 'b', ['mail', 'topics', 0]],
  ]);
  expect(resolve(files, 'two').services).toEqual([]);
  expect(resolve(files, 'three').services).toEqual([]);
});

const reads = {
  requires: { services: [{ kind: 'queue', name: 'reads', forEach: 'values.queues', of: '{{item.of}}' }] },
};
const queues = { properties: { queues: { type: 'array', items: {} } } };

test('an item of forEach says whose service it is access to', () => {
  const one = resolve({
    ...cluster('one', { components: ['shop', 'reader'] }),
    ...component('shop', { requires: { services: [{ kind: 'queue', name: 'mail' }] } }),
    ...component('reader', reads, { ...queues, values: { queues: [{ name: 'mails', of: 'shop/mail' }] } }),
    ...broker({ shares: true }),
  });
  expect(one.services.map(({ key, said }) => [key, said.of])).toEqual([
    ['reader/reads-mails', 'shop/mail'],
    ['shop/mail', undefined],
  ]);
  expect(order(one)).toContain('reader-services after shop-services');
});

test.each([
  ['names no service', [{ name: 'mails', of: 'shop' }], '"of" of it names no service of a component'],
  ['is a name alone', ['mails'], '"of" of it names no service of a component'],
  ['names one that nobody asks for', [{ name: 'mails', of: 'shop/mails' }], 'nobody asks for it'],
])('an item that %s has access to nothing', (_, items, note) => {
  const { value: workspace } = loadWorkspace(
    writeWorkspace({
      ...contracts,
      ...cluster('one', { components: ['reader'] }),
      ...component('reader', reads, { ...queues, values: { queues: items } }),
      ...broker({ shares: true }),
    }),
  );
  const { diagnostics } = resolveCluster(workspace, 'one');
  expect(diagnostics.map((each) => [each.code, each.note])).toEqual([['resolve/invalid-request', note]]);
});

test('names that mean something to JavaScript are names', () => {
  const requests = ['constructor', 'length', '0', 'tostring'].map((name) => ({ kind: 'queue', name }));
  const one = resolve({
    ...cluster('one', { components: ['shop'] }),
    ...component('shop', { requires: { services: requests } }),
    ...broker(),
  });
  expect(one.services.map(({ key }) => key)).toEqual(['shop/0', 'shop/constructor', 'shop/length', 'shop/tostring']);
});

test('a name that is declared secret makes no objects', () => {
  const { value: workspace } = loadWorkspace(
    writeWorkspace({
      ...contracts,
      ...broker(),
      ...cluster('one', { components: ['shop'] }),
      ...component(
        'shop',
        { requires: { services: [{ kind: 'queue', forEach: 'values.codes' }] } },
        {
          properties: { codes: { type: 'array', items: { type: 'string', writeOnly: true } } },
          values: { codes: ['first-code'] },
        },
      ),
    }),
  );
  expect(resolveCluster(workspace, 'one').diagnostics.map(({ code, note }) => `${code}: ${note}`)).toEqual([
    'resolve/invalid-request: it is declared secret, and names of objects are committed',
  ]);
});

test('a component that is its own provider waits for itself, which is said', () => {
  const { value: workspace } = loadWorkspace(
    writeWorkspace({
      ...contracts,
      ...cluster('one', { components: ['broker'] }),
      ...component('broker', {
        provides: { services: [{ kind: 'queue', outputs: {} }] },
        requires: { services: [{ kind: 'queue' }] },
      }),
      'components/broker/services/queue.yaml.hbs': 'kind: Queue\n',
    }),
  );
  expect(resolveCluster(workspace, 'one').diagnostics.map(({ code }) => code)).toEqual(['resolve/cycle']);
});

const beside = { ...contract, phase: 'beside' };

test('what stands beside waits for its consumer and its provider, and nobody for it: a store and its metrics need each other', () => {
  const one = resolve({
    'components/services.defs.json': { kinds: { disk: contract, watch: beside } },
    ...cluster('one', { components: ['disks', 'shop'] }),
    ...component(
      'disks',
      { provides: { services: [{ kind: 'disk', outputs: {} }] }, requires: { services: [{ kind: 'watch' }] } },
      { configure: true },
    ),
    'components/disks/services/disk.yaml.hbs': 'kind: Disk\n',
    ...component('watcher', {
      provides: { services: [{ kind: 'watch', outputs: {} }] },
      requires: { services: [{ kind: 'disk' }, { kind: 'watch', name: 'own' }] },
    }),
    'components/watcher/services/watch.yaml.hbs': 'kind: Watch\n',
    ...component('shop', { requires: { services: [{ kind: 'watch' }] } }),
  });
  expect(order(one)).toEqual([
    'disks-attach after disks-configure',
    'disks-attach after watcher',
    'disks-configure after disks',
    'shop-attach after shop',
    'shop-attach after watcher',
    'watcher after watcher-services',
    'watcher-attach after watcher',
    'watcher-services after disks-configure',
  ]);
  expect(one.components.map(({ stages }) => stages.join(' '))).toEqual([
    'install configure attach',
    'install attach',
    'services install attach',
  ]);
});

test('what something attached needs is attached with it, whatever its phase', () => {
  const one = resolve({
    'components/services.defs.json': { kinds: { disk: contract, watch: beside } },
    ...cluster('one', { components: ['shop'] }),
    ...component('shop', { requires: { services: [{ kind: 'watch' }] } }),
    ...component('watcher', {
      provides: { services: [{ kind: 'watch', outputs: {}, requires: { services: [{ kind: 'disk' }] } }] },
    }),
    'components/watcher/services/watch.yaml.hbs': 'kind: Watch\n',
    ...disks,
  });
  expect(one.services.map(({ key, stage }) => `${key} in ${stage}`)).toEqual([
    'shop/watch in attach',
    'shop/watch-disk in attach',
  ]);
  expect(order(one)).toContain('shop-attach after disks-configure');
});

/** Components that provide one kind each, and ask each other for kinds of the phase beside, in any way. */
const neighbours = fc
  .integer({ min: 1, max: 5 })
  .chain((count) =>
    fc.array(fc.uniqueArray(fc.nat(count - 1), { maxLength: count }), { minLength: count, maxLength: count }),
  );

test('no request for what stands beside orders anything but itself', () => {
  fc.assert(
    fc.property(neighbours, (asked) => {
      const kinds = Object.fromEntries(asked.map((_, index) => [`kind-${index}`, beside]));
      const files = asked.map(
        (wanted, index): Files => ({
          ...component(`c${index}`, {
            provides: { services: [{ kind: `kind-${index}`, outputs: {} }] },
            requires: { services: wanted.map((each) => ({ kind: `kind-${each}` })) },
          }),
          [`components/c${index}/services/kind-${index}.yaml.hbs`]: 'kind: Kind\n',
        }),
      );
      const one = resolve({
        ...Object.assign({}, ...files),
        'components/services.defs.json': { kinds },
        ...cluster('one', { components: asked.map((_, index) => `c${index}`) }),
      });
      expect(one.services).toHaveLength(asked.flat().length);
      expect(one.edges.filter(({ from }) => from.stage !== 'attach')).toEqual([]);
      expect(one.edges.filter(({ to }) => to.stage === 'attach')).toEqual([]);
    }),
    { numRuns: 20 },
  );
});
