import { isFluxKustomization, keyOf } from './fleet.ts';
import type { RecordedEvent } from './record.ts';

/** When a FluxKustomization was marked for deletion, and when it was gone: versions of the events. */
export interface Deletion {
  readonly marked: number;
  readonly gone?: number;
}

/** The FluxKustomizations that went away after an event, by key; of each the first time. */
export function deletionsOf(events: readonly RecordedEvent[], since: number): ReadonlyMap<string, Deletion> {
  const found = new Map<string, Deletion>();
  for (const { type, object, version } of events) {
    if (version <= since || !isFluxKustomization(object)) continue;
    const key = keyOf(object);
    const known = found.get(key);
    if (known === undefined && object.metadata.deletionTimestamp !== undefined) found.set(key, { marked: version });
    if (type === 'DELETED' && known?.gone === undefined)
      found.set(key, { marked: known?.marked ?? version, gone: version });
  }
  return found;
}

/** Which went while something that depends on them was still there. [] where every one outlived who needs it. */
export function goneTooEarly(
  dependsOn: ReadonlyMap<string, readonly string[]>,
  deletions: ReadonlyMap<string, Deletion>,
): readonly string[] {
  return [...dependsOn].flatMap(([key, needs]) =>
    needs.flatMap((need) => {
      const marked = deletions.get(need)?.marked ?? Number.POSITIVE_INFINITY;
      return marked < (deletions.get(key)?.gone ?? Number.POSITIVE_INFINITY) ? [`${need} before ${key}`] : [];
    }),
  );
}
