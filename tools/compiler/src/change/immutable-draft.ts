import type { TreeObject } from '../tree/tree-object.ts';
import type { ChangeDraft } from './change.ts';
import { immutableChanges } from './immutable-fields.ts';

/** The first field that Kubernetes does not let change between two states of an object; what comes of it, `say` tells. */
export function immutableDraft(
  object: TreeObject,
  now: TreeObject,
  say: (field: string) => Pick<ChangeDraft, 'effect' | 'because' | 'loses' | 'advice'>,
): readonly ChangeDraft[] {
  const [change] = immutableChanges(object.group, object.kind, { before: object.object, after: now.object });
  if (change === undefined) return [];
  return [{ kind: 'immutable-field', object, now, at: change.at, ...say(change.at.join('.')) }];
}
