import fc from 'fast-check';
import { expect, it } from 'vitest';
import { configMap, type SampleConsumer, type SampleRequest, servicesWorkspace } from '../../test/sample-services.ts';
import { cluster, objectAt, type Rendered, render, renderFiles, resolveFiles } from '../../test/sample-workspace.ts';
import { leafPaths } from '../assemble/value-path.ts';
import { makeRenderCache } from './render-cache.ts';

/** Objects by path, as JSON. */
function objectsOf({ resources, findings }: Rendered): ReadonlyMap<string, string> {
  expect(findings).toEqual([]);
  return new Map(resources.map(({ path, object }) => [path, JSON.stringify(object)]));
}

/** Paths of what is in one only, or not the same in both. */
function changed(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): readonly string[] {
  return [...new Set([...before.keys(), ...after.keys()])].filter((path) => before.get(path) !== after.get(path));
}

const isOf = (name: string) => (path: string) =>
  path.startsWith(`components/${name}/`) || new RegExp(`^kustomizations/${name}(-services)?\\.yaml$`).test(path);

const request = (name: string): fc.Arbitrary<SampleRequest> =>
  fc
    .oneof(
      fc.record(
        {
          kind: fc.constant('database'),
          with: fc.record({ size: fc.oneof(fc.integer({ min: 1, max: 3 }), fc.constant('{{values.size}}')) }),
          protect: fc.constantFrom('backup', 'none'),
          optional: fc.boolean(),
        },
        { requiredKeys: ['kind'] },
      ),
      fc.constant({ kind: 'database', forEach: 'values.topics', with: { label: '{{item}}' } }),
      fc.record(
        { kind: fc.constant('user'), with: fc.record({ role: fc.constantFrom('reader', 'writer') }) },
        { requiredKeys: ['kind'] },
      ),
    )
    .map((each) => ({ ...each, name }) as SampleRequest);

const topic = fc.constantFrom('a', 'b', 'c-d', '0');
const sample: fc.Arbitrary<SampleConsumer> = fc.record({
  requests: fc
    .uniqueArray(fc.constantFrom('db', 'x', 'a-b', 'constructor', 'length'), { maxLength: 3 })
    .chain((names) => fc.tuple(...names.map(request))),
  values: fc.record({ size: fc.integer({ min: 4, max: 6 }), topics: fc.uniqueArray(topic, { maxLength: 3 }) }),
});
/** The providers are in each cluster, so that none comes or goes with a consumer. */
const all = ['databases', 'stores', 'users'];
const consumers = fc.dictionary(fc.constantFrom('shop', 'blog', 'wiki'), sample, { maxKeys: 2 });

it('adds a consumer without a change for others, except who takes its requests as a list, and removes it without a trace', () => {
  fc.assert(
    fc.property(consumers, sample, (others, added) => {
      const before = objectsOf(renderFiles(servicesWorkspace(others, all)));
      const after = objectsOf(renderFiles(servicesWorkspace({ ...others, added }, all)));
      const isList = added.requests.some(({ kind }) => kind === 'user');
      const foreign = changed(before, after).filter((path) => !isOf('added')(path));
      expect(foreign).toEqual(isList ? ['components/users/install/configmap-users.yaml'] : []);
      expect([...objectsOf(renderFiles(servicesWorkspace(others, all)))]).toEqual([...before]);
    }),
    { numRuns: 25 },
  );
});

it('makes the same objects in whatever order a manifest asks', () => {
  fc.assert(
    fc.property(sample, (one) => {
      const [there, back] = [one.requests, one.requests.toReversed()].map((requests) =>
        objectsOf(renderFiles(servicesWorkspace({ shop: { ...one, requests } }, all))),
      );
      // What the consumer prints of them stands in its own order.
      expect(changed(there ?? new Map(), back ?? new Map())).toEqual(
        one.requests.length > 1 ? ['components/shop/install/configmap-shop.yaml'] : [],
      );
    }),
    { numRuns: 25 },
  );
});

it('makes for one more item of forEach its own objects, and changes those of no other', () => {
  const requests = [{ kind: 'database', name: 'topic', forEach: 'values.topics', with: { label: '{{item}}' } }];
  const pathsOf = (topics: readonly string[]) =>
    objectsOf(renderFiles(servicesWorkspace({ shop: { requests, values: { topics } } }, all)));
  fc.assert(
    fc.property(fc.uniqueArray(topic, { minLength: 2 }), fc.nat(), (topics, at) => {
      const [last = 'a'] = topics.slice(-1);
      const others = topics.slice(0, -1);
      const mixed = others.toSpliced(at % (others.length + 1), 0, last);
      expect(changed(pathsOf(others), pathsOf(mixed)).toSorted()).toEqual(
        [
          'components/shop/install/configmap-shop.yaml',
          `components/shop/services/configmap-shop-topic-${last}-backup.yaml`,
          `components/shop/services/configmap-shop-topic-${last}.yaml`,
        ].toSorted(),
      );
    }),
    { numRuns: 20 },
  );
});

it('makes nothing for an optional request that nobody provides', () => {
  const consumers = { shop: { requests: [{ kind: 'database', name: 'db', optional: true }] } };
  const toldOf = (rendered: Rendered) =>
    objectAt(rendered, 'components/shop/install/configmap-shop.yaml').object as { readonly data: object };
  const alone = renderFiles(servicesWorkspace(consumers));
  expect([...objectsOf(alone).keys()].filter((path) => path.includes('services'))).toEqual([]);
  expect(toldOf(alone).data).toEqual({ 'told-db': 'none' });
  const served = renderFiles(servicesWorkspace(consumers, all));
  expect(toldOf(served).data).toEqual({ 'told-db': '{"name":"shop-db","size":1}' });
});

it('makes what a service needs in its turn in the name of the consumer, and tells its outputs to the template', () => {
  const rendered = renderFiles(servicesWorkspace({ shop: { requests: [{ kind: 'database', name: 'db' }] } }));
  expect(objectAt(rendered, 'components/shop/services/configmap-shop-db-backup.yaml').object).toMatchObject({
    metadata: { name: 'shop-db-backup', namespace: 'shop' },
    data: { path: 'of-shop-db' },
  });
  expect(objectAt(rendered, 'components/shop/services/configmap-shop-db.yaml').object).toMatchObject({
    data: { backup: 'of-shop-db', consumer: 'shop', size: '1', owner: '', protect: 'backup' },
  });
});

it('tells the template of one that has access to it whose service that is', () => {
  const rendered = renderFiles(
    servicesWorkspace({
      blog: { requests: [{ kind: 'database', name: 'db', of: 'shop/db' }] },
      shop: { requests: [{ kind: 'database', name: 'db', object: 'books' }] },
    }),
  );
  expect(objectAt(rendered, 'components/blog/services/configmap-blog-db.yaml').object).toMatchObject({
    data: { owner: 'books of shop', backup: '' },
  });
  const edges = rendered.edges.map(({ from, to }) => `${from.component}-${from.stage} ${to.component}-${to.stage}`);
  expect(edges).toContain('blog-services shop-services');
});

it('says of what a consumer is told which lines decided it: those of the request, of the layers, of the provider', () => {
  const requests = [{ kind: 'database', name: 'db', with: { size: '{{values.size}}' } }];
  const files = servicesWorkspace({ shop: { requests, values: { size: 5 } } });
  const { origin } = objectAt(renderFiles(files), 'components/shop/install/configmap-shop.yaml');
  const { reads, layers } = origin.trace(['data', 'told-db']);
  expect(reads).toEqual(['service.db']);
  const template = 'install/told.yaml.hbs';
  const printing = { ...files, [`components/shop/${template}`]: configMap('shop', { size: '"{{service.db.size}}"' }) };
  const traced = objectAt(renderFiles(printing), 'components/shop/install/configmap-shop.yaml').origin.trace([
    'data',
    'size',
  ]);
  expect(traced.layers.map(({ file, start }) => `${file}:${start?.line}`)).toEqual([
    'components/shop/values.yaml:1',
    'components/shop/component.yaml:9',
    'components/databases/component.yaml:13',
  ]);
  expect(layers.length).toBeGreaterThan(0);
});

it('refuses a name that an item of forEach cannot have, as it is written', () => {
  const schema = {
    type: 'object',
    additionalProperties: false,
    properties: {
      topics: {
        type: 'array',
        items: {
          type: 'object',
          additionalProperties: false,
          properties: { name: { type: 'string' }, label: { type: 'string' } },
        },
      },
    },
  };
  const asking = (label: string, told: string) => {
    const requests = [{ kind: 'database', name: 'topic', forEach: 'values.topics', with: { label } }];
    return renderFiles({
      ...servicesWorkspace({ shop: { requests, values: { topics: [{ name: 'a' }] } } }),
      'components/shop/values.schema.json': JSON.stringify(schema),
      'components/shop/install/told.yaml.hbs': `${configMap('shop', { is: 'here' })}{{#each service.topic}}\n  a: "${told}"\n{{/each}}\n`,
    }).findings;
  };
  expect(asking('{{item.label}}', '{{item.name}}')).toEqual([]);
  expect(asking('{{item.lable}}', 'a')).toEqual(['render/unknown-value: there is no "item.lable"']);
  expect(asking('a', '{{item.nmae}}')).toEqual(['render/unknown-value: there is no "service.topic.*.item.nmae"']);
});

it('gives what an empty cache gives to clusters with other providers, consumers and values', () => {
  const fleet = fc.array(
    fc.record({
      names: fc.subarray(['blog', 'databases', 'users']).map((others) => ['shop', ...others]),
      size: fc.integer({ min: 1, max: 2 }),
      topics: fc.uniqueArray(topic, { maxLength: 2 }),
    }),
    { minLength: 2, maxLength: 3 },
  );
  const sized = { kind: 'database', name: 'sized', with: { size: '{{values.size}}' } };
  const optional = sample.map(({ requests }) => ({
    requests: [sized, ...requests].map((each) => ({ ...each, optional: true })),
  }));
  fc.assert(
    fc.property(optional, optional, fleet, (shop, blog, clusters) => {
      const files = Object.assign(
        servicesWorkspace({ shop, blog }),
        ...clusters.map(({ names, size, topics }, index) =>
          cluster(
            index === 0 ? 'one' : `c${index}`,
            `  components: ${JSON.stringify(names)}\n  values: ${JSON.stringify(
              Object.fromEntries(
                names.filter((name) => name === 'shop' || name === 'blog').map((name) => [name, { size, topics }]),
              ),
            )}\n`,
          ),
        ),
      );
      const cache = makeRenderCache();
      for (const each of resolveFiles(files)) {
        const [shared, alone] = [render(each, cache), render(each)].map(({ findings, resources }) => ({
          findings,
          resources: resources.map(({ path, object, origin }) => ({
            path,
            object,
            traces: leafPaths(object).map((at) => origin.trace(at)),
          })),
        }));
        expect(shared).toEqual(alone);
      }
    }),
    { numRuns: 80 },
  );
});
