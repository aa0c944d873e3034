import { expect, test } from 'vitest';
import { refusals } from '../../../test/refusals.ts';
import { sampleCluster } from '../../../test/sample-cluster.ts';
import { openEngines } from '../../engines/engines.ts';
import { validateCluster } from '../validate-cluster.ts';

const engines = openEngines();

test.each(refusals)('$name is found', async ({ object, at }) => {
  const found = await validateCluster(sampleCluster(JSON.stringify(object)), engines);
  const errors = found.filter(({ severity }) => severity === 'error');
  expect(errors.map(({ code, message }) => `${code}: ${message}`)).toEqual([
    expect.stringContaining('validate/refused-object: the API server refuses'),
  ]);
  expect(errors[0]?.message).toContain(at);
});

test('a node port that is null is none', async () => {
  const object = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'web', namespace: 'shop' },
    spec: { type: 'ClusterIP', ports: [{ port: 80, nodePort: null }] },
  };
  const found = await validateCluster(sampleCluster(JSON.stringify(object)), engines);
  expect(found.filter(({ code }) => code === 'validate/refused-object')).toEqual([]);
});
