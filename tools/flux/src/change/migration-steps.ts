import { valueAt } from '@fluxwright/documents';
import { objectTitle } from '@fluxwright/kubernetes';
import type { ChangePlan } from './change.ts';

/** One step of a migration. */
export interface MigrationStep {
  /** `commit` is published and awaited; `hand` is done in the cluster. */
  readonly kind: 'commit' | 'hand';
  readonly title: string;
  /** What it does to which object. */
  readonly actions: readonly string[];
}

/**
 * The safe order of a change: hold what would be lost, change, let go. A change that loses nothing is one commit. What no mark
 * can save comes first, by hand.
 */
export function migrationSteps({ changes }: ChangePlan): readonly MigrationStep[] {
  const open = changes.filter(({ acknowledged }) => !acknowledged);
  const held = open.filter(({ hold }) => hold !== undefined);
  const unsaved = open.filter(
    ({ hold, loses, effect }) => hold === undefined && (loses !== undefined || effect === 'refused'),
  );
  // What another FluxKustomization or HelmRelease takes over is in use: to let go of it would delete what was saved.
  const left = held.filter(
    ({ kind, effect }) => kind !== 'moved' && kind !== 'owner-changed' && effect !== 'reinstalled',
  );
  const steps: readonly MigrationStep[] = [
    {
      kind: 'hand',
      title: 'Mend the change: no mark helps here',
      actions: unsaved.map(({ object, advice }) => `${objectTitle(object)}: ${advice}`),
    },
    {
      kind: 'commit',
      title: 'Hold: publish the old tree with marks, and wait until it is applied',
      actions: held.map(({ object, hold }) =>
        hold === 'suspend' ? `suspend ${objectTitle(object)}` : `take ${objectTitle(object)} out of pruning`,
      ),
    },
    { kind: 'commit', title: 'Change: publish the new tree', actions: [] },
    {
      kind: 'hand',
      title: 'Forget: what the releases made is applied without them now, so do not uninstall them',
      actions: held
        .filter(({ kind, hold }) => kind === 'owner-changed' && hold === 'suspend')
        .map(({ object: { namespace, name, object } }) => {
          const release = valueAt(object, ['spec', 'releaseName']);
          return `kubectl delete secret -n ${namespace} -l owner=helm,name=${typeof release === 'string' ? release : name}`;
        }),
    },
    {
      kind: 'hand',
      title: 'Let go: what was held is still in the cluster, and nothing applies it',
      actions: left.map(({ object, now, hold }) =>
        [
          now === undefined
            ? `save what ${objectTitle(object)} holds`
            : `copy what ${objectTitle(object)} holds to ${objectTitle(now)}`,
          hold === 'suspend'
            ? 'then uninstall its release, unless the new tree has what it made'
            : `then kubectl delete ${object.kind.toLowerCase()}${object.namespace === undefined ? '' : ` -n ${object.namespace}`} ${object.name}`,
        ].join(', '),
      ),
    },
  ];
  return steps.filter(({ actions, title }) => actions.length > 0 || title.startsWith('Change'));
}
