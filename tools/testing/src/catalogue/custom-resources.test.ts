import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { customResourceCheck } from './custom-resources.ts';
import { findReference } from './reference.ts';

const reference = findReference(path.resolve(import.meta.dirname, '../../../..'));
const missing = reference === undefined ? ' (skipped: ../shared/reference is absent)' : '';

describe.skipIf(reference === undefined)(`custom resources against the reference${missing}`, () => {
  const check = customResourceCheck(reference?.folder ?? '');
  const certificate = {
    apiVersion: 'cert-manager.io/v1',
    kind: 'Certificate',
    metadata: { name: 'a' },
    spec: { secretName: 'a', dnsNames: ['a.example.com'], issuerRef: { name: 'a' } },
  };

  test('a valid object has no findings', () => {
    expect(check.findings(certificate)).toEqual([]);
  });

  test('a field that the definition does not have is a finding', () => {
    const wrong = { ...certificate, spec: { ...certificate.spec, dnsName: 'a.example.com' } };
    expect(check.findings(wrong)).toEqual([
      '/spec must NOT have additional properties {"additionalProperty":"dnsName"}',
    ]);
  });

  test('a missing field and a wrong type are findings', () => {
    const wrong = { ...certificate, spec: { dnsNames: 'a.example.com', issuerRef: { name: 'a' } } };
    expect(check.findings(wrong)).toEqual([
      '/spec must have required property \'secretName\' {"missingProperty":"secretName"}',
      '/spec/dnsNames must be array {"type":"array"}',
    ]);
  });

  test('a field that takes integers and strings takes both and nothing else', () => {
    const at = (cpu: unknown) => ({
      apiVersion: 'postgresql.cnpg.io/v1',
      kind: 'Cluster',
      metadata: { name: 'a' },
      spec: { instances: 1, resources: { requests: { cpu } } },
    });
    expect(check.findings(at(1))).toEqual([]);
    expect(check.findings(at('100m'))).toEqual([]);
    expect(check.findings(at(true))).not.toEqual([]);
  });

  test('a field of the experimental channel is a finding in the standard one', () => {
    const filter = {
      type: 'ExternalAuth',
      externalAuth: { protocol: 'HTTP', backendRef: { name: 'a', port: 80 }, http: {} },
    };
    const route = {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'HTTPRoute',
      metadata: { name: 'a' },
      spec: { rules: [{ filters: [filter] }] },
    };
    expect(check.findings(route, 'experimental')).toEqual([]);
    expect(check.findings(route)).not.toEqual([]);
    const misspelt = { ...route, spec: { rule: [{ filters: [filter] }] } };
    expect(check.findings(misspelt, 'experimental')).not.toEqual([]);
  });

  test('a version that is not served has no definition', () => {
    expect(check.findings({ ...certificate, apiVersion: 'cert-manager.io/v1alpha1' })).toBeUndefined();
  });
});
