import type { Span } from '@fluxwright/diagnostics';
import { isObject, type JsonObject, type JsonPath, valueAt } from '@fluxwright/documents';
import type { Component, Pair, ResolvedCluster, StageId } from '@fluxwright/model';
import { boundServices } from '../template/bound-services.ts';
import { templateContext } from '../template/cluster-context.ts';
import type { Need, NeededKey } from './need.ts';
import type { Provision } from './provision.ts';

type Trust = NonNullable<Pair['trust']>;

/** One half of a pair that puts something into the store of the other cluster. */
interface Half {
  readonly component: Component;
  readonly trust: Trust;
  readonly path: JsonPath;
  readonly stage: StageId;
  readonly isPrimary: boolean;
  /** The root `pair` of its templates. */
  readonly view: JsonObject;
  readonly asked: Span;
}

/**
 * What the cluster tells the other one that it puts into its store, as needs: each tree shows that it keeps its own half of a
 * pair, and takes the other's for granted (docs/decisions/0085).
 */
export function pairPromises(cluster: ResolvedCluster): readonly Need[] {
  return halves(cluster).flatMap(({ component, trust, path, stage, isPrimary, view, asked }): Need[] => {
    const name = view.trust;
    if (typeof name !== 'string' || (trust.from === 'primary' && !isPrimary)) return [];
    const said = component.manifest.locate(path);
    return [
      {
        stage,
        id: { group: '', kind: 'store entry', name, namespace: trust.through },
        keys: trust.keys.map((text): NeededKey => ({ text, path: [] })),
        at: path,
        declared: asked,
        promise: { provider: component.name, kind: 'pair', key: String(view.key), said, asked },
        atOnce: false,
        order: false,
        optional: false,
      },
    ];
  });
}

/** What the other cluster puts into a store of this one. */
export function pairGifts(cluster: ResolvedCluster): readonly Provision[] {
  return halves(cluster).flatMap(({ component, trust, path, isPrimary, view }): Provision[] => {
    const name = valueAt(view, ['peer', 'trust']);
    if (typeof name !== 'string' || (trust.from === 'primary' && isPrimary)) return [];
    const id = { group: '', kind: 'store entry', name, namespace: trust.store };
    return [{ id, keys: new Set(trust.keys), declared: component.manifest.locate(path) }];
  });
}

function halves(cluster: ResolvedCluster): readonly Half[] {
  const services = [...boundServices(cluster).values()].flatMap(({ pair, provider, request, context }): Half[] => {
    const trust = request.service.said.pair?.trust;
    const view = context.roots.pair?.value;
    if (pair === undefined || trust === undefined || view === undefined || !isObject(view)) return [];
    return [
      {
        component: provider.component,
        trust,
        path: [...request.service.path, 'pair', 'trust'],
        stage: { component: request.consumer, stage: 'pair' },
        isPrimary: request.pair?.role === 'primary',
        view,
        asked: request.span,
      },
    ];
  });
  const own = cluster.components.flatMap((resolved): Half[] => {
    const { component, pair } = resolved;
    const trust = component.spec.pair?.trust;
    const view = pair && templateContext(cluster, resolved).roots.pair?.value;
    if (trust === undefined || view === undefined || !isObject(view)) return [];
    const path: JsonPath = ['spec', 'pair', 'trust'];
    return [
      {
        component,
        trust,
        path,
        stage: { component: component.name, stage: 'pair' },
        isPrimary: pair?.role === 'primary',
        view,
        asked: component.manifest.locate(path),
      },
    ];
  });
  return [...services, ...own];
}
