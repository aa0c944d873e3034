import type { Fact, FactName } from '@fluxwright/model';
import { expect, it } from 'vitest';
import { sampleCluster } from '../../test/sample-cluster.ts';
import type { CheckContext } from './check.ts';
import { uncarriedProtocol } from './uncarried-protocol.ts';

const service = (spec: string) => `apiVersion: v1\nkind: Service\nmetadata: {name: a, namespace: b}\nspec: ${spec}\n`;
const ports = 'ports: [{port: 1, protocol: UDP}, {port: 2}]';

function found(text: string, value?: boolean) {
  const rendered = sampleCluster(text);
  const fact: Fact = { value: value ?? null, by: 'provider "here"', span: { file: 'products/base/product.yaml' } };
  const facts = new Map<FactName, Fact>(value === undefined ? [] : [['udpLoadBalancer', fact]]);
  const cluster = { ...rendered.cluster, facts };
  const context = { rendered: { ...rendered, cluster }, applied: rendered.resources };
  return uncarriedProtocol(context as unknown as CheckContext).length;
}

it.each([
  ['a Service of a load balancer', service(`{type: LoadBalancer, ${ports}}`), 1],
  ['one of another implementation', service(`{type: LoadBalancer, loadBalancerClass: own, ${ports}}`), 0],
  ['one within the cluster', service(`{${ports}}`), 0],
  ['one by TCP alone', service('{type: LoadBalancer, ports: [{port: 2}]}'), 0],
  [
    'a listener of a Gateway',
    `apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {name: a, namespace: b}\nspec: {listeners: [{name: x, port: 1, protocol: UDP}]}\n`,
    1,
  ],
])('%s', (_, text, findings) => {
  expect(found(text, false)).toBe(findings);
});

it('nothing is said where load balancers carry UDP, or nobody says whether they do', () => {
  const text = service(`{type: LoadBalancer, ${ports}}`);
  expect([found(text, true), found(text)]).toEqual([0, 0]);
});
