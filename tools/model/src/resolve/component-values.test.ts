import { expect, test } from 'vitest';
import { cluster, component, writeWorkspace } from '../../test/write-workspace.ts';
import { loadWorkspace } from '../load/load-workspace.ts';
import { resolveCluster } from './resolve-cluster.ts';

const schema = {
  type: 'object',
  additionalProperties: false,
  properties: { size: { type: 'integer', description: 'How many.' } },
};

function resolveWith(size: unknown, memory: Set<string>) {
  const files = { ...cluster('one', { components: ['app'], values: { app: { size } } }), ...component('app') };
  files['components/app/values.schema.json'] = JSON.stringify(schema);
  const { value } = loadWorkspace(writeWorkspace(files));
  return resolveCluster(value, 'one', memory);
}

test('values that were good are remembered by their digest and that of the schema', () => {
  const memory = new Set<string>();
  expect(resolveWith(1, memory).value).toBeDefined();
  expect(memory.size).toBe(1);
  expect(resolveWith(1, memory).value?.components[0]?.values.value).toEqual({ size: 1 });
  expect(memory.size).toBe(1);
});

test('values that are wrong are not remembered, and found again', () => {
  const memory = new Set<string>();
  resolveWith(1, memory);
  for (const _ of [1, 2]) {
    expect(resolveWith('many', memory).diagnostics.map(({ code }) => code)).toEqual(['resolve/invalid-value']);
  }
  expect(memory.size).toBe(1);
});
