import type { JsonObject } from '@fluxwright/documents';
import { describe, expect, it } from 'vitest';
import type { Resource } from '../data/rendered-cluster.ts';
import { type Connection, type Endpoint, policySet, verdictOf } from './verdict.ts';

const shop = { namespace: 'shop', labels: { app: 'shop' }, ports: [{ name: 'http', port: 8080 }] };
const till = { namespace: 'shop', labels: { app: 'till' } };
const van = { namespace: 'van', labels: { app: 'van' } };
const http = { port: 8080, protocol: 'TCP' } as const;

describe('NetworkPolicies', () => {
  const policy = (spec: JsonObject) => resource('networking.k8s.io/v1', 'NetworkPolicy', { spec });

  it('close only the pods that they select, in the directions that they name', () => {
    const closed = [policy({ podSelector: { matchLabels: { app: 'shop' } }, policyTypes: ['Ingress'] })];
    expect(allowed(closed, { from: van, to: shop, port: http })).toBe(false);
    expect(allowed(closed, { from: van, to: till, port: http })).toBe(true);
    expect(allowed(closed, { from: shop, to: van, port: http })).toBe(true);
  });

  it('let in what any of them lets in', () => {
    const rules = [
      policy({ podSelector: {}, policyTypes: ['Ingress'] }),
      policy({
        podSelector: {},
        ingress: [
          {
            from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'van' } } }],
            ports: [{ port: 'http' }],
          },
        ],
      }),
    ];
    expect(allowed(rules, { from: van, to: shop, port: http })).toBe(true);
    expect(allowed(rules, { from: van, to: shop, port: { ...http, port: 9090 } })).toBe(false);
    expect(allowed(rules, { from: till, to: shop, port: http })).toBe(false);
  });

  it('stand for addresses outside of the cluster alone', () => {
    const rules = [
      policy({ podSelector: {}, policyTypes: ['Egress'], egress: [{ to: [{ ipBlock: { cidr: '0.0.0.0/0' } }] }] }),
    ];
    expect(allowed(rules, { from: shop, to: { entity: 'world' } })).toBe(true);
    expect(allowed(rules, { from: shop, to: van })).toBe(false);
  });
});

describe("Cilium's policies", () => {
  const policy = (spec: JsonObject, kind = 'CiliumNetworkPolicy') =>
    resource('cilium.io/v2', kind, { spec: { endpointSelector: {}, ...spec } });

  it('close a direction that they have a section for', () => {
    const rules = [policy({ ingress: [{ fromEndpoints: [{}] }] })];
    expect(allowed(rules, { from: van, to: shop })).toBe(false);
    expect(allowed(rules, { from: till, to: shop })).toBe(true);
    expect(allowed(rules, { from: shop, to: van })).toBe(true);
  });

  it('let through the requests of layer 7 that they name', () => {
    const rules = [
      policy({
        ingress: [
          {
            fromEndpoints: [{ matchLabels: { 'k8s:io.kubernetes.pod.namespace': 'van' } }],
            toPorts: [
              {
                ports: [{ port: '8080', protocol: 'TCP' }],
                rules: {
                  http: [
                    { method: 'GET', path: '/goods(/[^?]*)?([?].*)?' },
                    { method: 'POST', path: '/' },
                  ],
                },
              },
            ],
          },
        ],
      }),
    ];
    const lets = (method: string, path: string) =>
      allowed(rules, { from: van, to: shop, port: { ...http, http: [{ method, path }] } });
    expect(lets('GET', '/goods')).toBe(true);
    expect(lets('GET', '/goods/*')).toBe(true);
    expect(lets('GET', '/goodsyard')).toBe(false);
    expect(lets('DELETE', '/goods')).toBe(false);
    // Its query is not let through.
    expect(lets('POST', '/')).toBe(false);
    expect(allowed(rules, { from: van, to: shop, port: http })).toBe(false);
  });

  it('deny nothing by default where they say so, unless they are held as if they did', () => {
    const rules = [
      policy({ enableDefaultDeny: { ingress: false, egress: false }, ingress: [{ fromEntities: ['host'] }] }),
    ];
    expect(allowed(rules, { from: van, to: shop })).toBe(true);
    expect(verdictOf(policySet(rules, { asEnforced: true }), { from: van, to: shop }).isAllowed).toBe(false);
  });

  it('know another namespace by its label', () => {
    const from = [{ matchLabels: { 'k8s:io.kubernetes.pod.namespace': 'van', 'k8s:app': 'van' } }];
    const rules = [
      policy({
        ingress: [{ fromEndpoints: from, toPorts: [{ ports: [{ port: '8080', endPort: 8090, protocol: 'TCP' }] }] }],
      }),
    ];
    expect(allowed(rules, { from: van, to: shop, port: { port: 8081, protocol: 'TCP' } })).toBe(true);
    expect(allowed(rules, { from: van, to: shop, port: { port: 8081, protocol: 'UDP' } })).toBe(false);
    expect(allowed(rules, { from: { ...van, labels: {} }, to: shop, port: http })).toBe(false);
    expect(allowed(rules, { from: van, to: shop })).toBe(false);
  });

  it('deny before they allow', () => {
    const rules = [
      policy({ ingress: [{}] }),
      policy({ ingressDeny: [{ fromEntities: ['world'] }] }, 'CiliumClusterwideNetworkPolicy'),
    ];
    expect(allowed(rules, { from: van, to: shop })).toBe(true);
    expect(allowed(rules, { from: { entity: 'world' }, to: shop })).toBe(false);
  });

  it('let the API server in with the address of any node, and never keep out the kubelet', () => {
    const some = [policy({ ingress: [{ fromEntities: ['kube-apiserver'] }] })];
    const all = [policy({ ingress: [{ fromEntities: ['kube-apiserver', 'host', 'remote-node'] }] })];
    const from: Endpoint = { entity: 'api-server' };
    expect(allowed(some, { from, to: shop, port: http })).toBe(false);
    expect(allowed(all, { from, to: shop, port: http })).toBe(true);
    expect(allowed(some, { from: { entity: 'kubelet' }, to: shop })).toBe(true);
  });

  it('know names and addresses outside of the cluster', () => {
    const rules = [
      policy({ egress: [{ toFQDNs: [{ matchName: 'mail.example.com' }] }, { toCIDR: ['192.0.2.0/24'] }] }),
    ];
    expect(allowed(rules, { from: shop, to: { host: 'mail.example.com' } })).toBe(true);
    expect(allowed(rules, { from: shop, to: { host: 'example.com' } })).toBe(false);
    expect(allowed(rules, { from: shop, to: { cidr: '192.0.2.128/25' } })).toBe(true);
    expect(allowed(rules, { from: shop, to: { cidr: '192.0.0.0/16' } })).toBe(false);
    expect(allowed(rules, { from: shop, to: { entity: 'world' } })).toBe(false);
  });
});

function allowed(policies: readonly Resource[], connection: Connection): boolean {
  return verdictOf(policySet(policies), connection).isAllowed;
}

function resource(apiVersion: string, kind: string, object: JsonObject): Resource {
  const span = { file: 'test.yaml' };
  const origin = { span, trace: () => ({ span, layers: [], reads: [] }) };
  const metadata = { name: 'test', namespace: 'shop' };
  return {
    apiVersion,
    kind,
    name: 'test',
    ...(kind === 'CiliumClusterwideNetworkPolicy' ? {} : { namespace: 'shop' }),
    object: { apiVersion, kind, metadata, ...object },
    origin,
    path: 'components/test/install/test.yaml',
  };
}
