import { isDeepStrictEqual } from 'node:util';
import type { Api } from './api.ts';
import type { KubernetesObject } from './kubectl.ts';
import { productsOf, wellBeing } from './operator-products.ts';
import { type ResourcePaths, resourcePaths } from './resource-paths.ts';
import { givenIn, pushedBy, readBy } from './secret-store.ts';
import type { Tree } from './tree.ts';

interface HealthCheckExpression {
  readonly apiVersion: string;
  readonly kind: string;
  readonly current: string;
}

/** A kind whose operator is played: the conditions it gives, and the HelmRelease that brings it, where one does. */
interface PlayedKind {
  readonly apiVersion: string;
  readonly kind: string;
  readonly types: readonly string[];
  readonly release: KubernetesObject | undefined;
}

/** What an operator holds its objects by: it lets go of a deleted one while it is installed, and nobody does after. */
export const operatorFinalizer = 'e2e.fluxwright.dev/operator';

/**
 * Plays the operators that do not run here. Objects of every kind that a FluxKustomization of the tree judges by an expression
 * get the conditions the expression asks for. Where a chart brings the kind, they get a finalizer as well, which is taken
 * off a deleted object only while that chart's release is there: as with many operators, removing one before its
 * objects leaves these hanging. What operators make for consumers is made ({@link productsOf}), first of all. The secret store is
 * played as well: what a PushSecret of the cluster wrote is in it, and what the tree only reads from the beginning; an ExternalSecret
 * waits for what it reads. `bringers` are the components that bring the definitions of a group.
 */
export function playOperators(api: Api, tree: Tree, bringers: ReadonlyMap<string, string>): () => void {
  const paths = resourcePaths(api);
  const stops: (() => void)[] = [];
  let stopped = false;
  const watch = (apiVersion: string, kind: string, onObject: (object: KubernetesObject) => void): void => {
    const begin = async (): Promise<void> => {
      const path = await paths.collection(apiVersion, kind);
      if (stopped) return;
      if (path === undefined) setTimeout(begin, 500);
      else stops.push(api.watch(path, ({ type, object }) => type !== 'DELETED' && onObject(object)));
    };
    begin();
  };
  const store = new Set(givenIn(tree));
  const waiting = new Map<string, () => void>();
  watch('external-secrets.io/v1alpha1', 'PushSecret', (object) => {
    for (const each of pushedBy(object)) store.add(each);
    for (const again of [...waiting.values()]) again();
  });
  for (const played of playedKinds(tree, bringers)) {
    const onObject = (object: KubernetesObject): void => {
      const { uid = '' } = object.metadata;
      const isThere = played.kind !== 'ExternalSecret' || readBy(object).every((each) => store.has(each));
      if (isThere || object.metadata.deletionTimestamp !== undefined) {
        waiting.delete(uid);
        play(api, paths, { played, object });
      } else waiting.set(uid, () => onObject(object));
    };
    watch(played.apiVersion, played.kind, onObject);
  }
  return () => {
    stopped = true;
    for (const stop of stops) stop();
  };
}

function playedKinds(tree: Tree, bringers: ReadonlyMap<string, string>): readonly PlayedKind[] {
  const kinds = new Map<string, PlayedKind>();
  for (const { object } of tree.objects) {
    const { healthCheckExprs = [] } = (object.spec ?? {}) as { healthCheckExprs?: readonly HealthCheckExpression[] };
    for (const { apiVersion, kind, current } of healthCheckExprs) {
      const types = [...current.matchAll(/\.type == '(\w+)'/g)].map((match) => match[1] ?? '');
      const component = bringers.get(apiVersion.split('/')[0] ?? '');
      const release = tree.objects.find(
        (each) => each.object.kind === 'HelmRelease' && each.path.startsWith(`components/${component}/`),
      )?.object;
      kinds.set(`${apiVersion} ${kind}`, { apiVersion, kind, types, release });
    }
  }
  return [...kinds.values()];
}

interface Scene {
  readonly played: PlayedKind;
  readonly object: KubernetesObject;
}

async function play(api: Api, paths: ResourcePaths, { played, object }: Scene): Promise<void> {
  const path = await paths.object({ ...object, apiVersion: played.apiVersion, kind: played.kind });
  if (path === undefined) return;
  const { deletionTimestamp, finalizers = [], generation = 1, resourceVersion } = object.metadata;
  const held = finalizers.includes(operatorFinalizer);
  const others = finalizers.filter((each) => each !== operatorFinalizer);
  if (deletionTimestamp !== undefined) {
    const installed = played.release === undefined || (await exists(api, await paths.object(played.release)));
    if (held && installed) await api.patch(path, { metadata: { resourceVersion, finalizers: others } });
    return;
  }
  if (played.release !== undefined && !held) {
    // Told again, with its new version, once the finalizer is there.
    await api.patch(path, { metadata: { resourceVersion, finalizers: [...others, operatorFinalizer] } });
    return;
  }
  const has = (type: string): boolean =>
    object.status?.conditions?.some(
      // Not every kind's conditions have a generation.
      (each) => each.type === type && each.status === 'True' && (each.observedGeneration ?? generation) === generation,
    ) ?? false;
  // What a watch tells of an object does not say its kind.
  const whole = { ...object, apiVersion: played.apiVersion, kind: played.kind };
  const own = wellBeing(whole);
  if (played.types.every(has) && isDeepStrictEqual({ ...object.status, ...own }, { ...object.status })) return;
  await makeProducts(api, paths, whole);
  const status = { ...own, ...(played.types.length > 0 && { conditions: conditions(played.types, generation) }) };
  const answer = await api.patch(`${path}/status`, { status });
  // A definition without the status subresource takes it with the object.
  if (answer.status === 404) await api.patch(path, { status });
  // Else whoever waits for it waits in vain, and nothing says why.
  if (answer.status === 422)
    console.warn(`${played.kind} ${object.metadata.name}: its definition refuses the status ${JSON.stringify(status)}`);
}

/** They belong to the object, and go when it does. */
async function makeProducts(api: Api, paths: ResourcePaths, object: KubernetesObject): Promise<void> {
  const { apiVersion, kind, metadata } = object;
  const { name, namespace, uid } = metadata;
  const place = namespace === undefined ? {} : { namespace };
  for (const product of productsOf(object)) {
    const collection = await paths.object({ ...product, metadata: { name: '', ...place } });
    const ownerReferences = [{ apiVersion, kind, name, uid }];
    if (collection !== undefined)
      await api.create(collection.slice(0, -1), {
        ...product,
        metadata: { ...product.metadata, ...place, ownerReferences },
      });
  }
}

async function exists(api: Api, path: string | undefined): Promise<boolean> {
  return path !== undefined && (await api.get(path)).status === 200;
}

function conditions(types: readonly string[], observedGeneration: number): readonly object[] {
  const lastTransitionTime = new Date().toISOString();
  const common = { status: 'True', reason: 'StandIn', message: '', lastTransitionTime, observedGeneration };
  return types.map((type) => ({ type, ...common }));
}
