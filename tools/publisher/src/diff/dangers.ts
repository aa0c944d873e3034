import type { Danger, ObjectChange } from './tree-diff.ts';

/** Kinds whose removal takes other people's data or objects with it. */
const precious: Readonly<Record<string, string>> = {
  Namespace: 'and everything in it',
  CustomResourceDefinition: 'and every object of its kind',
  PersistentVolumeClaim: 'and, by the reclaim policy of its volume, the data',
  StatefulSet: 'which holds state',
  HelmRelease: 'and with it everything its chart made',
};

/** Fields that Helm or Flux cannot change in place. */
const reinstalls: Readonly<Record<string, RegExp>> = {
  HelmRelease: /^spec\.(releaseName|targetNamespace|storageNamespace|chart\.spec\.chart)$/,
  StatefulSet: /^spec\.(serviceName|selector|volumeClaimTemplates|podManagementPolicy)\b/,
};

/** What deserves a second look, from the changes of one object alone: where the planner of changes says nothing of it. */
export function dangersOf({ change, id, fields }: ObjectChange): readonly Danger[] {
  if (change === 'removed') {
    const what = precious[id.kind];
    return what === undefined ? [] : [{ id, message: `is removed, ${what}`, refused: false }];
  }
  const found: Danger[] = fields
    .filter(({ path }) => reinstalls[id.kind]?.test(path))
    .map(({ path }) => ({ id, message: `${path} changes: that means a new installation`, refused: false }));
  const prunes = fields.some(({ path, after }) => path === 'spec.prune' && after === true);
  if (id.kind === 'Kustomization' && prunes) {
    const message = 'starts to prune: what is no longer in its folder will be deleted';
    found.push({ id, message, refused: false });
  }
  return found;
}
