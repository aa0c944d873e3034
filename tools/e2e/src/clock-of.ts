import { fluxSpec, isFluxKustomization, keyOf } from './fleet.ts';
import { happeningsOf } from './happenings-of.ts';
import type { KubernetesObject } from './kubectl.ts';
import type { RecordedEvent } from './record.ts';

/** Seconds of each FluxKustomization, from the moment the root began. */
export interface Clock {
  readonly began: ReadonlyMap<string, number>;
  readonly ready: ReadonlyMap<string, number>;
  /** When all that its own spec depends on was ready, and its owner had begun: from then on it could begin. */
  readonly free: ReadonlyMap<string, number>;
}

/** Reads the times off a cold start, and what each waited for off the objects in the cluster: nothing of it comes from the compiler. */
export function clockOf(events: readonly RecordedEvent[]): Clock {
  const seen = happeningsOf(events);
  const objects = new Map(
    events.filter(({ object }) => isFluxKustomization(object)).map((each) => [keyOf(each.object), each.object]),
  );
  const start = seen.get('applied flux-system/flux-system')?.at ?? 0;
  const at = (name: string): number => (seen.get(name)?.at ?? Number.NaN) - start;
  const times = (verb: string) => new Map([...objects.keys()].map((key) => [key, at(`${verb} ${key}`)]));
  const ready = times('ready');
  const free = new Map<string, number>();
  const freeOf = (key: string): number => {
    const known = free.get(key);
    if (known !== undefined) return known;
    const object = objects.get(key);
    if (object === undefined) throw new Error(`no FluxKustomization ${key}`);
    const labels = object.metadata.labels ?? {};
    const owner = `${labels['kustomize.toolkit.fluxcd.io/namespace']}/${labels['kustomize.toolkit.fluxcd.io/name']}`;
    const waits = (fluxSpec(object).dependsOn ?? []).map(
      (each) => ready.get(`${each.namespace ?? object.metadata.namespace}/${each.name}`) ?? Number.NaN,
    );
    const own = Math.max(0, owner === key ? 0 : freeOf(owner), ...waits);
    free.set(key, own);
    return own;
  };
  for (const key of objects.keys()) freeOf(key);
  return { began: times('applied'), ready, free };
}

/** From the last to become ready back, each time to the one it waited for longest. */
export function observedPath(events: readonly RecordedEvent[], { ready }: Clock): readonly string[] {
  const objects = new Map(events.map(({ object }) => [keyOf(object), object]));
  const last = (keys: readonly string[]): string | undefined =>
    keys.toSorted((a, b) => (ready.get(b) ?? 0) - (ready.get(a) ?? 0))[0];
  const path: string[] = [];
  for (let key = last([...ready.keys()]); key !== undefined; ) {
    path.unshift(key);
    const object = objects.get(key);
    key = last(
      (fluxSpec(object as KubernetesObject).dependsOn ?? []).map(
        (each) => `${each.namespace ?? 'flux-system'}/${each.name}`,
      ),
    );
  }
  return path;
}
