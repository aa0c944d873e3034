import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { FenceFile } from '../src/fence/fence-file.ts';
import { fencePolicy } from '../src/fence/fence-policy.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'fence-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const policy = fencePolicy([{ namespace: 'shop', pods: { 'cnpg.io/cluster': 'shop-db' }, ports: [5432] }]);

test('the policy denies the ports to all but the members of the same database', () => {
  expect(JSON.parse(policy).specs).toEqual([
    {
      description: 'Without the lease of the pair nobody writes to shop.',
      endpointSelector: {
        matchLabels: { 'k8s:cnpg.io/cluster': 'shop-db', 'k8s:io.kubernetes.pod.namespace': 'shop' },
      },
      ingressDeny: [
        {
          fromEndpoints: [
            { matchExpressions: [{ key: 'k8s:cnpg.io/cluster', operator: 'NotIn', values: ['shop-db'] }] },
          ],
          toPorts: [{ ports: [{ port: '5432', protocol: 'TCP' }] }],
        },
        {
          fromEndpoints: [
            { matchExpressions: [{ key: 'k8s:io.kubernetes.pod.namespace', operator: 'NotIn', values: ['shop'] }] },
          ],
          toPorts: [{ ports: [{ port: '5432', protocol: 'TCP' }] }],
        },
        { fromEntities: ['world', 'host', 'remote-node'], toPorts: [{ ports: [{ port: '5432', protocol: 'TCP' }] }] },
      ],
    },
  ]);
});

test('the fence of a node is a whole file or none', () => {
  const fence = new FenceFile(folder, policy);
  expect(fence.closed).toBe(false);
  fence.close();
  fence.close();
  expect(fence.closed).toBe(true);
  expect(readdirSync(folder)).toEqual(['failover-fence.yaml']);
  fence.open();
  fence.open();
  expect(existsSync(path.join(folder, 'failover-fence.yaml'))).toBe(false);
});

test('a fence of an older policy is replaced', () => {
  writeFileSync(path.join(folder, 'failover-fence.yaml'), 'old');
  const fence = new FenceFile(folder, policy);
  expect([existsSync(path.join(folder, 'failover-fence.yaml')), fence.closed]).toEqual([true, false]);
  fence.close();
  expect(readFileSync(path.join(folder, 'failover-fence.yaml'), 'utf8')).toBe(policy);
});
