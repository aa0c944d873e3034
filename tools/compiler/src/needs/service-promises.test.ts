import { expect, test } from 'vitest';
import { cluster, component, type Files, resolveFiles } from '../../test/sample-workspace.ts';
import { servicePromises } from './service-promises.ts';

const closed = (properties: object) => ({ type: 'object', additionalProperties: false, properties });
const text = { description: 'A text.', type: 'string' };
const outputs = closed({
  host: text,
  port: { description: 'A port.', type: 'integer' },
  secret: text,
  keys: { description: 'Keys.', type: 'object', additionalProperties: true },
});
const kinds = { queue: { title: 'Queue', description: 'A queue.', phase: 'before', request: closed({}), outputs } };

function promised(said: string): readonly string[] {
  const files: Files = {
    'components/services.defs.json': JSON.stringify({ kinds }),
    ...component('shop', '  namespace: store\n  requires: {services: [{kind: queue, name: q}]}\n', {
      'install/a.yaml': 'kind: ConfigMap\napiVersion: v1\nmetadata: {name: shop}\n',
    }),
    ...component('broker', `  namespace: broker\n  provides: {services: [{kind: queue, outputs: ${said}}]}\n`, {
      'services/queue.yaml.hbs': 'kind: ConfigMap\napiVersion: v1\nmetadata: {name: "{{request.object}}"}\n',
    }),
    ...cluster('one', '  components: [shop]\n'),
  };
  const [one] = resolveFiles(files);
  if (one === undefined) throw new Error('the sample has no cluster');
  return servicePromises(one).map(({ id, keys = [], stage, promise }) =>
    [
      `${stage.component}-${stage.stage} needs ${id.kind} ${id.namespace}/${id.name}`,
      ...keys.map((key) => (typeof key === 'string' ? key : key.text)),
      `of ${promise?.provider} for ${promise?.key}, ${promise?.said.file}:${promise?.said.start?.line}`,
    ].join(' '),
  );
}

const of = 'of broker for shop/q, components/broker/component.yaml:9';

test('the Secret with its keys is needed where the consumer is, the Service where its address says', () => {
  expect(
    promised(
      '{host: "{{request.object}}.broker.svc", port: 5672, secret: "{{request.object}}-login", keys: {user: u, password: p}}',
    ),
  ).toEqual([
    `shop-install needs Secret store/shop-q-login u p ${of}`,
    `shop-install needs Service broker/shop-q 5672 ${of}`,
  ]);
});

test('keys that say more than a name are called as they are told', () => {
  expect(promised('{secret: logins, keys: {password: {cut: 16}}}')).toEqual([
    `shop-install needs Secret store/logins password ${of}`,
  ]);
});

test('what is not told, or lies outside the cluster, is no promise', () => {
  expect(promised('{}')).toEqual([]);
  expect(promised('{host: queue.example.com, port: 5672}')).toEqual([]);
});
