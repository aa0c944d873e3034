import { one } from '@fluxwright/kubernetes';
import { expect, test } from 'vitest';
import { podAmounts } from './pod-amounts.ts';

const container = (cpu: number, rest: object = {}) => ({ resources: { requests: { cpu } }, ...rest });

test.each([
  ['containers run together', { containers: [container(1), container(2)] }, 3],
  [
    'init containers run one after another, before them',
    { initContainers: [container(5), container(4)], containers: [container(1)] },
    5,
  ],
  [
    'an init container that restarts always runs on',
    { initContainers: [container(1, { restartPolicy: 'Always' }), container(4)], containers: [container(2)] },
    5,
  ],
  ['the overhead of the runtime comes on top', { overhead: { cpu: '250m' }, containers: [container(1)] }, 1.25],
  [
    'what the pod itself says stands over the sum',
    { resources: { requests: { cpu: 2 } }, containers: [container(7)] },
    2,
  ],
  ['a limit is the request where none is said', { containers: [{ resources: { limits: { cpu: 3 } } }] }, 3],
])('%s', (_, pod, cores) => {
  expect(podAmounts(pod).requests.cpu).toBe((BigInt(cores * 1000) * one) / 1000n);
});

test('GPUs are counted under every name their device plugins give them', () => {
  const pod = { containers: [{ resources: { limits: { 'nvidia.com/gpu': 2, 'amd.com/gpu': '1' } } }] };
  expect(podAmounts(pod).requests.gpu).toBe(3n * one);
});
