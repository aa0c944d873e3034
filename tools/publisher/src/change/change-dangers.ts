import type { Change, ChangePlan } from '@fluxwright/flux';
import type { ObjectId } from '@fluxwright/kubernetes';
import type { Danger } from '../diff/tree-diff.ts';

/** What of a change plan deserves a second look: losses, new installations, and what Kubernetes would refuse. */
export function changeDangers({ changes }: ChangePlan): readonly Danger[] {
  return changes
    .filter(({ loses, effect }) => loses !== undefined || (effect !== 'kept' && effect !== 'deleted'))
    .map((change) => {
      const { object, because, loses, acknowledged, effect } = change;
      const isMeant = acknowledged ? ' (acknowledged)' : '';
      const loss = loses === undefined ? '' : `; lost with it: ${loses}`;
      return {
        id: idOf(object),
        message: `${words[effect]}, since ${because}${loss}${isMeant}`,
        refused: !acknowledged && (loses !== undefined || effect === 'refused'),
      };
    });
}

/** Objects that leave the tree and stay in the cluster: their removal is no danger. */
export function keptObjects({ changes }: ChangePlan): readonly ObjectId[] {
  return changes.filter(({ effect }) => effect === 'kept').map(({ object }) => idOf(object));
}

function idOf({ group, kind, namespace, name }: Change['object']): ObjectId {
  return { group, kind, ...(namespace !== undefined && { namespace }), name };
}

const words: Readonly<Record<Change['effect'], string>> = {
  kept: 'stays',
  deleted: 'is deleted',
  recreated: 'is deleted and made anew',
  reinstalled: 'is installed anew',
  renewed: 'is another secret than before',
  refused: 'cannot become what the new tree says',
};
