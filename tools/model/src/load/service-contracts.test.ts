import { expect, test } from 'vitest';
import { cluster, component, type Files, writeWorkspace } from '../../test/write-workspace.ts';
import { definitionsKey } from '../schema/schema-references.ts';
import { loadWorkspace } from './load-workspace.ts';
import type { ServiceContract } from './service-contract.ts';
import { requestDefaults } from './service-contracts.ts';

const described = { title: 'A size', description: 'How large it is.' };
const definitions = { $defs: { size: { ...described, type: 'string', pattern: '^[0-9]+Gi$' } } };
const contract = (from: string) => ({
  title: 'Disk',
  description: 'A disk.',
  phase: 'before',
  request: {
    type: 'object',
    additionalProperties: false,
    properties: {
      size: { $ref: `${from}#/$defs/size`, description: 'Its size.', default: '1Gi' },
      label: { description: 'Its label.', type: 'string' },
      tags: { description: 'Its tags.', type: 'array', items: { type: 'string' }, default: [] },
    },
  },
  outputs: {
    type: 'object',
    additionalProperties: false,
    properties: { path: { description: 'Where it is.', type: 'string' } },
  },
});

function load(files: Files) {
  const { value, diagnostics } = loadWorkspace(writeWorkspace({ ...cluster('one', {}), ...files }));
  return { ...value, found: diagnostics.map(({ code, message }) => `${code}: ${message}`) };
}

function only(contracts: ReadonlyMap<string, ServiceContract>): ServiceContract {
  const [found, ...others] = [...contracts.values()];
  if (found === undefined || others.length > 0) throw new Error(`${contracts.size} contracts`);
  return found;
}

const catalogue: Files = {
  'components/values.defs.json': definitions,
  'components/services.defs.json': { kinds: { disk: contract('values.defs.json') } },
};

test('a contract takes shared definitions, and its positions are those of both files', () => {
  const { contracts, found } = load(catalogue);
  expect(found).toEqual([]);
  const { kind, title, request, span } = only(contracts);
  expect({ kind, title, file: span.file, line: span.start?.line }).toEqual({
    kind: 'disk',
    title: 'Disk',
    file: 'components/services.defs.json',
    line: 3,
  });
  expect(request.locate(['properties', 'size', 'default'])).toMatchObject({
    file: 'components/services.defs.json',
    start: { line: 14 },
  });
  expect(request.locate(['$defs', definitionsKey, '$defs', 'size', 'pattern']).file).toBe(
    'components/values.defs.json',
  );
});

test('a key has its default only where the contract says one', () => {
  expect(requestDefaults(only(load(catalogue).contracts))).toEqual({ size: '1Gi', tags: [] });
});

test('a component brings a kind of its own, an installed package with its own definitions', () => {
  const own = load({
    'components/values.defs.json': definitions,
    ...component('disks', { provides: { services: [{ kind: 'disk', outputs: { path: '/' } }] } }),
    'components/disks/services.defs.json': { kinds: { disk: contract('../values.defs.json') } },
  });
  expect(own.found).toEqual([]);
  expect(only(own.contracts).span.file).toBe('components/disks/services.defs.json');
  expect([...(own.components.get('disks')?.contracts.keys() ?? [])]).toEqual(['disk']);
  const installed = load({
    'package.json': { dependencies: { disks: '1.0.0' } },
    ...component(
      'disks',
      { provides: { services: [{ kind: 'disk', outputs: { path: '/' } }] } },
      { folder: 'node_modules/disks' },
    ),
    'node_modules/disks/values.defs.json': definitions,
    'node_modules/disks/services.defs.json': { kinds: { disk: contract('../values.defs.json') } },
  });
  expect(installed.found).toEqual([]);
  expect(only(installed.contracts).span.file).toBe('node_modules/disks/services.defs.json');
});

test('two that say the same of a kind are one, whatever they say it is for', () => {
  const { contracts, found } = load({
    ...catalogue,
    ...component('disks'),
    'components/disks/services.defs.json': {
      kinds: { disk: { ...contract('../values.defs.json'), description: 'Also a disk.' } },
    },
  });
  expect(found).toEqual([]);
  expect(only(contracts).span.file).toBe('components/services.defs.json');
});
