import { expect, test } from 'vitest';
import { appliedObjects } from './applied-objects.ts';
import type { LintTree } from './lint-object.ts';

test.each(['resources', 'bases', 'components'])('Flux applies what a folder under %s holds', (field) => {
  const object = { file: 'apps/base/web.yaml', object: { kind: 'ConfigMap' } };
  const kustomization = { folder: 'apps/prod', file: 'apps/prod/kustomization.yaml', object: { [field]: ['../base'] } };
  const tree = { objects: [object], kustomizationFiles: [kustomization] } as unknown as LintTree;
  expect(appliedObjects('apps/prod', tree)).toEqual([object]);
});
