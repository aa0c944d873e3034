import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { lintFolder } from './lint-folder.ts';

const folder = mkdtempSync(join(tmpdir(), 'lint-yaml-'));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('a tree of others is read as Flux reads it: a merge key makes an object whole, and an old boolean is a text', async () => {
  const tree = `base: &base {apiVersion: v1, kind: ConfigMap}
<<: *base
metadata: {name: a, namespace: apps}
data: {flag: "yes"}
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: apps, namespace: flux-system}
spec: {interval: 10m, timeout: 5m, retryInterval: 2m, path: ./, prune: yes, wait: true, sourceRef: {kind: GitRepository, name: flux-system}}
`;
  writeFileSync(join(folder, 'tree.yaml'), tree);
  const { diagnostics } = await lintFolder({ folder, flux: '2.9' });
  expect(diagnostics.map(({ code, message }) => `${code}: ${message}`)).toEqual([
    'lint/no-kustomization-file: Kustomization flux-system/apps applies every YAML file below the root',
    'lint/mistyped-field: spec.prune of Kustomization flux-system/apps must be true or false',
  ]);
});
