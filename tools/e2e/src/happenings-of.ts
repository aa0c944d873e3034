import { isFluxKustomization, keyOf } from './fleet.ts';
import { type KubernetesObject, readyCondition } from './kubectl.ts';
import type { RecordedEvent } from './record.ts';

/**
 * What was seen to happen, in order, by the names that the simulator has for it: `applied` is when a FluxKustomization
 * begins to apply its folder, which it does only once it has found all it depends on ready; `ready` when it says so next;
 * `released` when a HelmRelease does. Of each the first after the `since`.
 */
export function happeningsOf(events: readonly RecordedEvent[], since = 0): ReadonlyMap<string, RecordedEvent> {
  const seen = new Map<string, RecordedEvent>();
  const note = (name: string, event: RecordedEvent): void => {
    if (!seen.has(name)) seen.set(name, event);
  };
  for (const event of events.filter(({ version, type }) => version > since && type !== 'DELETED')) {
    const { object } = event;
    const key = keyOf(object);
    const isReady = readyCondition(object)?.status === 'True';
    if (!isFluxKustomization(object)) {
      if (isReady) note(`released ${key}`, event);
      continue;
    }
    if (isApplying(object)) note(`applied ${key}`, event);
    if (isReady && seen.has(`applied ${key}`)) note(`ready ${key}`, event);
  }
  return seen;
}

/** kustomize-controller says so after it has checked the dependencies, and before it reads the folder. */
function isApplying({ status }: KubernetesObject): boolean {
  const message = status?.conditions?.find(({ type }) => type === 'Reconciling')?.message ?? '';
  return message.startsWith('Fetching manifests for revision');
}

/** What came before something it needs. [] where the order is one that the needs allow. */
export function tooEarly(
  needs: ReadonlyMap<string, { readonly needs: readonly string[] }>,
  seen: ReadonlyMap<string, RecordedEvent>,
): readonly string[] {
  return [...seen].flatMap(([name, { version }]) =>
    (needs.get(name)?.needs ?? []).flatMap((need) => {
      const other = seen.get(need);
      return other === undefined || other.version > version ? [`${name} before ${need}`] : [];
    }),
  );
}

/** Waiting is no failure; anything else that Ready was False for is one. */
const waiting = new Set(['DependencyNotReady', 'SourceNotReady', 'HealthCheckCanceled']);

/** Each time a FluxKustomization or HelmRelease said that it failed. */
export function failuresOf(events: readonly RecordedEvent[]): readonly string[] {
  return events.flatMap(({ object, type }) => {
    const { status, reason = '', message = '' } = readyCondition(object) ?? {};
    const notFetched = /artifact not found/i.test(message);
    if (type === 'DELETED' || status !== 'False' || waiting.has(reason) || notFetched) return [];
    return [`${object.kind} ${keyOf(object)}: ${reason} ${message}`];
  });
}
