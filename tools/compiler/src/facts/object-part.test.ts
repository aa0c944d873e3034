import type { JsonObject } from '@fluxwright/documents';
import { expect, test } from 'vitest';
import { objectPart } from './object-part.ts';

const pod: JsonObject = {
  securityContext: { runAsUser: 1 },
  serviceAccountName: 'web',
  volumes: [
    { name: 'cache', emptyDir: {} },
    { name: 'tls', secret: { secretName: 'web-tls', defaultMode: 420, items: [{ key: 'tls.crt', path: 'crt' }] } },
  ],
  containers: [
    {
      name: 'web',
      image: 'registry.example.com/web:1.0.0',
      args: ['--port=8080'],
      ports: [{ containerPort: 8080 }],
      resources: { requests: { cpu: '10m' } },
      env: [
        { name: 'LEVEL', value: 'info' },
        { name: 'CACHE', value: 'redis://cache.data.svc:6379' },
        { name: 'PASSWORD', valueFrom: { secretKeyRef: { name: 'db', key: 'password' } } },
      ],
    },
  ],
};

test('of a workload that is kept which others ask of it', () => {
  const object = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', namespace: 'shop', labels: { a: 'b' } },
    spec: { replicas: 2, revisionHistoryLimit: 3, template: { spec: pod } },
  };
  const part = objectPart(object);
  expect(part).toEqual({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', namespace: 'shop' },
    spec: {
      replicas: 2,
      template: {
        spec: {
          serviceAccountName: 'web',
          containers: [
            {
              name: 'web',
              image: 'registry.example.com/web:1.0.0',
              ports: [{ containerPort: 8080 }],
              resources: { requests: { cpu: '10m' } },
              env: [
                { name: 'CACHE', value: 'redis://cache.data.svc:6379' },
                { name: 'PASSWORD', valueFrom: { secretKeyRef: { name: 'db', key: 'password' } } },
              ],
            },
          ],
          volumes: [{ name: 'tls', secret: { secretName: 'web-tls', items: [{ key: 'tls.crt' }] } }],
        },
      },
    },
  });
  expect(objectPart(part)).toEqual(part);
});

test('of a Secret nothing but the names of its keys is kept', () => {
  const secret = {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'login' },
    data: { password: 'c2VjcmV0' },
    stringData: { user: 'admin' },
  };
  expect(objectPart(secret)).toEqual({ ...secret, data: { password: '' }, stringData: { user: '' } });
  expect(objectPart({ ...secret, data: {} })).toMatchObject({ data: {} });
});

test('of a kind of Kubernetes that nobody asks anything of its identity is kept, of a custom kind its spec', () => {
  const role = { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', metadata: { name: 'a' }, rules: [] };
  expect(objectPart(role)).toEqual({ apiVersion: role.apiVersion, kind: 'Role', metadata: { name: 'a' } });
  const route = {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: { name: 'a' },
    spec: { hostnames: ['a.example.com'] },
  };
  expect(objectPart(route)).toEqual(route);
});
