import { type Diagnostic, diagnostic, type Span } from '@fluxwright/diagnostics';
import { objectTitle } from '@fluxwright/kubernetes';
import { placeOf } from '../tree/tree-object.ts';
import type { Change, ChangePlan } from './change.ts';
import { namesOf } from './plan-change.ts';

/** Who sees these changes says so itself. */
const foundElsewhere = new Set<Change['kind']>(['new-secret', 'dropped-version', 'skipped-release']);

/**
 * The changes of a plan that lose data or cannot be applied, and that the cluster does not acknowledge. `migrate` is the
 * command that makes the commit before, where a mark helps. A secret that is made anew is a finding of who saw that.
 */
export function changeFindings(
  { changes, cluster }: ChangePlan,
  migrate = `fluxwright migrate ${cluster}`,
): readonly Diagnostic[] {
  return changes
    .filter(({ kind, acknowledged }) => !acknowledged && !foundElsewhere.has(kind))
    .flatMap((change) => {
      if (change.loses !== undefined) return [dataLoss(change, cluster, migrate)];
      return change.effect === 'refused' ? [refused(change, cluster)] : [];
    });
}

/**
 * Names that the cluster acknowledges and no change needs: left standing, they would permit the next one. `placeOf` is the
 * line that acknowledges one.
 */
export function unusedAcknowledgements(
  { unused, cluster }: ChangePlan,
  placeOf: (name: string) => Span,
): readonly Diagnostic[] {
  return unused.map((each) =>
    diagnostic('change/unused-acknowledgement', {
      message: `cluster "${cluster}" acknowledges the loss of ${each}, which this change does not lose`,
      primary: placeOf(each),
      note: 'it would permit the next one',
      help: 'remove the line once the change it was for is applied',
      cluster,
    }),
  );
}

function dataLoss(change: Change, cluster: string, migrate: string): Diagnostic {
  const { object, now, loses, because, hold, advice, effect } = change;
  // A release is kept by its name alone; what a mark saves of it lies beside the new one.
  const name = object.kind === 'HelmRelease' && now !== undefined && effect === 'deleted' ? `${advice}; or ` : '';
  const way = hold === undefined ? advice : `${name}hold it in a commit of its own before: ${migrate}`;
  return diagnostic('change/data-loss', {
    message: `${objectTitle(object)} ${happens(change)}, and with it ${loses}`,
    primary: placeOf(object, ['metadata', 'name']),
    note: because,
    labels:
      now === undefined || now.path === object.path
        ? []
        : [{ span: { file: placeOf(now, []).file }, message: `now ${objectTitle(now)}` }],
    help: `${way}; where the loss is meant, add "${namesOf(object)[0]}" to spec.acknowledge of the cluster`,
    cluster,
  });
}

function refused({ object, at = [], because, advice }: Change, cluster: string): Diagnostic {
  return diagnostic('change/immutable-field', {
    message: `${objectTitle(object)} cannot become what the new tree says: ${because}`,
    primary: placeOf(object, at),
    note: 'the cluster has this, for good',
    help: `${advice}; where you delete it by hand first, add "${namesOf(object)[0]}" to spec.acknowledge of the cluster`,
    cluster,
  });
}

function happens({ kind, effect }: Change): string {
  if (effect === 'reinstalled') return 'is installed anew';
  if (effect === 'recreated')
    return kind === 'immutable-field' ? 'is deleted and made anew' : 'may be deleted while it moves';
  if (kind === 'owner-changed') return 'is deleted, though others take over what it made';
  return kind === 'deleted' ? 'is deleted' : 'is deleted, since it changes its name';
}
