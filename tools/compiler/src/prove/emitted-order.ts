import { posix } from 'node:path';
import { isObject, valueAt } from '@fluxwright/documents';
import { isStageName, type StageId, stageKey } from '@fluxwright/model';
import type { RenderedCluster, Resource } from '../data/rendered-cluster.ts';
import { type StageOrder, stageOrder } from '../order/stage-order.ts';

/** The order that Flux will see. */
export interface EmittedOrder extends StageOrder {
  /** The FluxKustomization that applies a stage, found by the folder it points at. */
  kustomizationOf(stage: StageId): Resource | undefined;
}

/**
 * Reads the order out of the FluxKustomizations of the tree: which folder each applies and what its dependsOn names. An
 * entry without a namespace means the namespace of the FluxKustomization (kustomize-controller docs/spec/v1/kustomizations.md).
 */
export function emittedOrder({ cluster, resources }: RenderedCluster): EmittedOrder {
  const kustomizations = resources.filter(isFluxKustomization);
  const stageOfFolder = new Map<string, string>();
  const byStage = new Map<string, Resource>();
  const prefix = posix.join('/', cluster.spec.git.path, 'components');
  for (const resource of kustomizations) {
    const [component, stage] = posix
      .relative(prefix, posix.join('/', String(valueAt(resource.object, ['spec', 'path']))))
      .split('/');
    if (component === undefined || !isStageName(stage)) continue;
    const key = stageKey({ component, stage });
    stageOfFolder.set(nameKey(resource.namespace, resource.name), key);
    byStage.set(key, resource);
  }
  // What applies no stage, or a part of one, is a step of the way all the same.
  const stepOf = (key: string): string => stageOfFolder.get(key) ?? `kustomization ${key}`;
  const waits = kustomizations.flatMap((resource) => {
    const list = valueAt(resource.object, ['spec', 'dependsOn']);
    if (!Array.isArray(list)) return [];
    const from = stepOf(nameKey(resource.namespace, resource.name));
    return list
      .filter(isObject)
      .map(({ name, namespace }) => ({ from, to: stepOf(nameKey(namespace ?? resource.namespace, name)) }));
  });
  return { ...stageOrder(waits), kustomizationOf: (stage) => byStage.get(stageKey(stage)) };
}

/** Whether it is Flux' own Kustomization, and no file of Kustomize. */
export function isFluxKustomization({ apiVersion, kind }: Pick<Resource, 'apiVersion' | 'kind'>): boolean {
  return kind === 'Kustomization' && apiVersion.startsWith('kustomize.toolkit.fluxcd.io/');
}

function nameKey(namespace: unknown, name: unknown): string {
  return `${String(namespace)}/${String(name)}`;
}
