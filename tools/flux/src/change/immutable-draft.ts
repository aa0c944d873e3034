import { formatPath } from '@fluxwright/documents';
import type { UpdateRules } from '@fluxwright/kubernetes';
import { declaredChanges, immutableChanges } from '@fluxwright/kubernetes';
import type { TreeObject } from '../tree/tree-object.ts';
import type { ChangeDraft } from './change.ts';

/** The first field that Kubernetes does not let change between two states of an object; what comes of it, `say` tells; `why`
 * is what the definition says, in brackets. */
export function immutableDraft(
  object: TreeObject,
  now: TreeObject,
  updates: UpdateRules | undefined,
  say: (field: string, why: string) => Pick<ChangeDraft, 'effect' | 'because' | 'loses' | 'advice'>,
): readonly ChangeDraft[] {
  const objects = { before: object.object, after: now.object };
  const [change] = [
    ...immutableChanges(object.group, object.kind, objects),
    ...(updates === undefined ? [] : declaredChanges(object.group, object.kind, objects, updates)),
  ];
  if (change === undefined) return [];
  const why = change.why === undefined ? '' : ` (${change.why})`;
  return [{ kind: 'immutable-field', object, now, at: change.at, ...say(formatPath(change.at), why) }];
}
