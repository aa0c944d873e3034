import { memo } from '@fluxwright/documents';
import { isOutside, type ObjectId, objectKey } from '@fluxwright/kubernetes';
import type { ResolvedCluster } from '@fluxwright/model';
import type { Resource } from '../data/rendered-cluster.ts';
import { type CatalogueFacts, catalogueFacts, isInEveryCluster } from './catalogue-facts.ts';
import { filledStores } from './named-things.ts';
import type { Need, NeededKey } from './need.ts';
import { needsOfObject, provisionsOfObject } from './object-facts.ts';
import type { Provision, ProvisionPlace } from './provision.ts';
import { type StagedResource, stagedResources } from './staged-resources.ts';

/** A need, and who fulfils it. */
export interface MatchedNeed {
  readonly need: Need;
  /** Each of them would do; [] where nobody provides it, or somebody without a key that is read. */
  readonly providers: readonly Provision[];
  /** Who provides the thing, but not the keys. */
  readonly keyless: readonly Provision[];
  /** Keys that no provider has. */
  readonly missingKeys: readonly NeededKey[];
  /** True where every cluster has the thing. */
  readonly isGiven: boolean;
}

/** The needs of a cluster's objects and components with their providers, and everything that is provided. */
export interface NeedMatches {
  readonly matches: readonly MatchedNeed[];
  readonly provisions: readonly Provision[];
  /** Declarations that do not hold. */
  readonly refuted: ReadonlySet<Provision>;
  /** By kind and name: the stores outside of the cluster's objects of which somebody says what is in them. */
  readonly stores: ReadonlyMap<string, ProvisionPlace>;
}

/** The key of a store in `stores`, from the identity of a thing in it. */
export function storeKey({ kind, namespace = '' }: Pick<ObjectId, 'kind' | 'namespace'>): string {
  return `${kind}/${namespace}`;
}

/**
 * Finds what every object and component of a cluster needs, and who provides it; `refuted` declarations do not count. Linear in the
 * objects.
 */
export function matchNeeds(
  cluster: ResolvedCluster,
  resources: readonly Resource[],
  refuted: ReadonlySet<Provision> = new Set(),
): NeedMatches {
  const facts: CatalogueFacts = catalogueFacts(cluster);
  const staged = stagedResources(resources);
  const objects = staged.map((each) => objectFacts(each, facts));
  const provisions = [
    ...facts.provisions.filter((each) => !refuted.has(each)),
    ...facts.guards.map(({ provision }) => provision),
    ...objects.flatMap((each) => each.provisions),
  ];
  const byId = Map.groupBy(provisions, ({ id }) => objectKey(id));
  const needs = [...facts.needs, ...objects.flatMap((each) => each.needs)];
  return {
    matches: needs.map((need) => match(need, byId)),
    provisions,
    refuted,
    stores: storesOf(objects, provisions),
  };
}

/** Of several places the line of a thing that is in the store tells most. */
function storesOf(
  objects: readonly ObjectFacts[],
  provisions: readonly Provision[],
): ReadonlyMap<string, ProvisionPlace> {
  const things = provisions.filter(({ id }) => isOutside(id.kind) && id.namespace !== undefined);
  return new Map<string, ProvisionPlace>([
    ...things.filter(({ resource }) => resource === undefined).map((each) => [storeKey(each.id), each] as const),
    ...objects.flatMap(({ stores }) => stores),
    ...things.filter(({ resource }) => resource !== undefined).map((each) => [storeKey(each.id), each] as const),
  ]);
}

/** What one object has to do with others. */
export interface ObjectFacts {
  readonly needs: readonly Need[];
  readonly provisions: readonly Provision[];
  readonly stores: readonly (readonly [string, ProvisionPlace])[];
}

/** What an object needs and provides, read once: render derives the order from it, and the proof looks at it again. */
export function objectFacts(staged: StagedResource, facts: CatalogueFacts): ObjectFacts {
  return factsOf(staged.resource, facts, staged);
}

const factsOf = memo(
  (resource: Resource, facts: CatalogueFacts, staged: StagedResource): ObjectFacts => ({
    needs: needsOfObject(staged, facts),
    provisions: provisionsOfObject(staged, facts),
    stores: filledStores(staged, facts).map(({ kind, name, at }) => [
      storeKey({ kind, namespace: name }),
      { resource, at },
    ]),
  }),
  ([before], [now]) => before === now,
);

function match(need: Need, byId: ReadonlyMap<string, readonly Provision[]>): MatchedNeed {
  const names = [need.id.name, ...(need.otherNames ?? [])];
  const found = names.flatMap((name) => byId.get(objectKey({ ...need.id, name })) ?? []);
  const wanted = need.keys ?? [];
  const missingKeys = wanted.filter(({ text }) => found.length > 0 && !found.some((each) => hasKey(each, text)));
  const withKeys = found.filter((each) => wanted.every(({ text }) => hasKey(each, text)));
  // Several objects may each make some keys of one Secret.
  const providers = missingKeys.length > 0 ? [] : withKeys.length > 0 ? withKeys : found;
  return { need, providers, keyless: found, missingKeys, isGiven: isInEveryCluster(need.id) };
}

function hasKey({ keys }: Provision, key: string): boolean {
  return keys === undefined || keys.has(key);
}
