import { expect, test } from 'vitest';
import { contracts, providers, servicesWorkspace } from '../../test/sample-services.ts';
import { component, renderFiles, resolveFiles } from '../../test/sample-workspace.ts';
import { capacityLedger } from './capacity-ledger.ts';
import { footprintLines } from './footprint-lines.ts';

const databases = component(
  'databases',
  `  namespace: databases
  provides:
    services:
      - kind: database
        shares: true
        outputs: {name: "{{request.object}}"}
        footprint:
          workloads:
            - {name: "{{request.object}}", kind: StatefulSet, atRuntime: true, replicas: "{{request.with.size}}", cpu: 100m, memory: 128Mi}
`,
  { 'services/database.yaml.hbs': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: "{{request.object}}"}\n' },
);

const files = {
  ...servicesWorkspace({
    blog: { requests: [{ kind: 'database', name: 'db', of: 'shop/db' }] },
    shop: {
      requests: [
        { kind: 'database', name: 'db', with: { size: '{{values.size}}' } },
        { kind: 'database', name: 'topic', forEach: 'values.topics' },
      ],
      values: { size: 3, topics: ['b', 'a'] },
    },
  }),
  ...contracts,
  ...providers,
  ...databases,
};

test('a service has its lines once a request, on the account of its consumer; access to one has none', () => {
  const [one] = resolveFiles(files);
  if (one === undefined) throw new Error('the sample has no cluster');
  const lines = footprintLines(one).map(({ owner, view, source }) => [
    owner.component.name,
    view.component.name,
    (source.value as { readonly object: string }).object,
  ]);
  expect(lines).toEqual([
    ['shop', 'databases', 'shop-db'],
    ['shop', 'databases', 'shop-topic-a'],
    ['shop', 'databases', 'shop-topic-b'],
  ]);
});

test('what a request asks for decides what it costs', () => {
  const { value, diagnostics } = capacityLedger(renderFiles(files));
  expect(diagnostics).toEqual([]);
  expect(value.entries.map(({ workload: { component, name }, pods }) => [component, name, pods])).toEqual([
    ['shop', 'shop-db', 3],
    ['shop', 'shop-topic-a', 1],
    ['shop', 'shop-topic-b', 1],
  ]);
});
