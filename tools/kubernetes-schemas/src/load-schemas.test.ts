import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { loadSchemas, supportedVersions, UnsupportedKubernetesVersion } from './load-schemas.ts';

describe('loadSchemas', () => {
  test.each(['1.36', 'v1.36', '1.36.4', 'v1.36.4+k3s1', '1.36-rc.0'])(
    'takes %s as the minor 1.36',
    (kubernetesVersion) => {
      expect(loadSchemas({ kubernetesVersion }).kubernetesVersion).toBe('1.36');
    },
  );

  test.each(['1.20', '', 'latest', '1.361', '1'])('refuses %j and names what there is', (kubernetesVersion) => {
    const load = () => loadSchemas({ kubernetesVersion });
    expect(load).toThrow(UnsupportedKubernetesVersion);
    expect(load).toThrow(`there are schemas for ${supportedVersions().join(', ')}`);
  });

  test.each([undefined, '1.36', {}, { kubernetesVersion: 1.36 }])('refuses %j for options', (options) => {
    expect(() => loadSchemas(options as never)).toThrow(
      'loadSchemas takes { kubernetesVersion } with a string, such as "1.36"',
    );
  });

  test('keeps the kinds of a minor apart', () => {
    const kinds = (kubernetesVersion: string) =>
      loadSchemas({ kubernetesVersion })
        .listKinds()
        .map(({ apiVersion, kind }) => `${apiVersion}/${kind}`);
    expect(kinds('1.37')).toContain('scheduling.k8s.io/v1beta1/Workload');
    expect(kinds('1.35')).not.toContain('scheduling.k8s.io/v1beta1/Workload');
    expect(kinds('1.35')).toContain('apps/v1/Deployment');
  });

  test('tells the scope and the resource name', () => {
    const { scopeOf, describe: about } = loadSchemas({ kubernetesVersion: '1.36' });
    expect(scopeOf('apps/v1', 'Deployment')).toBe('Namespaced');
    expect(scopeOf('v1', 'Namespace')).toBe('Cluster');
    expect(scopeOf('v1', 'Node')).toBe('Cluster');
    expect(scopeOf('rbac.authorization.k8s.io/v1', 'ClusterRole')).toBe('Cluster');
    expect(scopeOf('cert-manager.io/v1', 'ClusterIssuer')).toBe('Cluster');
    expect(scopeOf('helm.toolkit.fluxcd.io/v2', 'HelmRelease')).toBe('Namespaced');
    expect(scopeOf('v1', 'PodList')).toBeUndefined();
    expect(about('networking.k8s.io/v1', 'NetworkPolicy')?.plural).toBe('networkpolicies');
  });

  test('knows nothing of what has no schema', () => {
    const schemas = loadSchemas({ kubernetesVersion: '1.36' });
    expect(schemas.schema('apps/v1', 'deployment')).toBeUndefined();
    expect(schemas.schemaBytes('apps/v1', '__proto__')).toBeUndefined();
    expect(schemas.describe('', '')).toBeUndefined();
    expect(schemas.scopeOf('apps/v1beta1', 'Deployment')).toBeUndefined();
  });

  test('gives the same object each time', () => {
    const schemas = loadSchemas({ kubernetesVersion: '1.36' });
    expect(schemas.schema('v1', 'Pod')).toBe(schemas.schema('v1', 'Pod'));
  });

  test.each(supportedVersions())(
    'every schema for %s has the digest that the manifest tells, and refers to itself only',
    (kubernetesVersion) => {
      const schemas = loadSchemas({ kubernetesVersion });
      for (const { apiVersion, kind, digest } of schemas.listKinds()) {
        const bytes = schemas.schemaBytes(apiVersion, kind) as Uint8Array;
        expect(createHash('sha256').update(bytes).digest('hex'), `${apiVersion}/${kind}`).toBe(digest);
        const { definitions = {} } = schemas.schema(apiVersion, kind) as { definitions?: object };
        const names = [...new TextDecoder().decode(bytes).matchAll(/"\$ref":"([^"]*)"/g)].map(([, ref]) => ref);
        for (const ref of names) expect(Object.keys(definitions).map((name) => `#/definitions/${name}`)).toContain(ref);
      }
    },
  );
});
