import { anyFactObject, apiGroupsOf, type ReleaseTrial, releaseValues, type TriedRelease } from '@fluxwright/compiler';
import { byKey, canonicalText, type JsonObject, type JsonPath, type JsonValue } from '@fluxwright/documents';
import { supportedVersions } from '@fluxwright/kubernetes-schemas';
import type { FactsDependence } from '@fluxwright/model';
import { otherOnes, withValue } from './value-trials.ts';

/** What the objects of a release depend on. */
export interface Dependences {
  /** One for each set of objects, sorted. */
  readonly depends: readonly FactsDependence[];
  /** Pointers of values on which nothing depends, sorted. */
  readonly free: readonly string[];
}

/** Parts of objects by their titles. */
type Objects = ReadonlyMap<string, JsonObject>;

/**
 * Finds by trial what a release depends on: each value is removed and changed, one at a time; each minor of Kubernetes, and API groups with and
 * without. `others` are the releases of further cases: what is set there alone is tried, too, and what they make otherwise by several
 * values together depends on all of these. Where a chart refuses every trial of a value, anything may depend on it.
 */
export async function findDependences(
  trial: ReleaseTrial,
  base: Objects,
  others: readonly TriedRelease[],
): Promise<Dependences> {
  const values = await tryValues(
    trial,
    base,
    others.map((each) => each.values),
  );
  const elsewhere = await decidingSurroundings(trial, base);
  for (const other of others) {
    const result = await trial.run(other);
    if (result !== undefined) addTogether(values, differenceOf(base, result.objects), other);
  }
  const free = [...values].filter(([, { affected }]) => isNone(affected)).map(([pointer]) => pointer);
  return { depends: grouped(values, elsewhere), free: free.sort() };
}

/** A value of the release, and what depends on it. */
interface TriedValue {
  /** Absent where it is not set. */
  readonly is?: JsonValue;
  affected: Affected;
}

async function tryValues(
  trial: ReleaseTrial,
  base: Objects,
  others: readonly JsonObject[],
): Promise<Map<string, TriedValue>> {
  const found = new Map<string, TriedValue>();
  const own = releaseValues(trial.given.values);
  const elsewhere = others.map((values) => releaseValues(values));
  const givenWith = (path: JsonPath, other: JsonValue | undefined) => ({
    values: withValue(trial.given.values, path, other),
  });
  for (const [pointer, { path, value }] of own) {
    const more = elsewhere.flatMap((each) => each.get(pointer)?.value ?? []);
    const tries = [undefined, ...otherOnes(value), ...more].map((other) => givenWith(path, other));
    const affected = await affectedBy(trial, base, distinct(tries, trial.given.values));
    found.set(pointer, { is: value, affected });
  }
  const added = new Map(elsewhere.flatMap((each) => [...each].filter(([pointer]) => !own.has(pointer))));
  for (const [pointer, { path, value }] of added) {
    const tries = [value, ...otherOnes(value)].map((other) => givenWith(path, other));
    found.set(pointer, { affected: await affectedBy(trial, base, tries) });
  }
  return found;
}

/** What a case makes otherwise, and no single value of it explains, depends on each value that is another one there. */
function addTogether(values: Map<string, TriedValue>, made: Affected, other: TriedRelease): void {
  const there = releaseValues(other.values);
  const differing = [...values].filter(
    ([pointer, { is }]) => canonicalText(is) !== canonicalText(there.get(pointer)?.value),
  );
  const explained = new Set(differing.flatMap(([, { affected }]) => [...affected.objects, ...affected.existence]));
  if (explained.has(anyFactObject)) return;
  const rest = (titles: readonly string[]) => titles.filter((title) => !explained.has(title));
  const [objects, existence] = [rest(made.objects), rest(made.existence)];
  for (const [, each] of objects.length + existence.length === 0 ? [] : differing) {
    each.affected = {
      objects: [...each.affected.objects, ...objects].sort(),
      existence: [...each.affected.existence, ...existence].sort(),
    };
  }
}

/** What depends on the cluster around the release: one entry for each part of it. */
async function decidingSurroundings(
  trial: ReleaseTrial,
  base: Objects,
): Promise<readonly (readonly [Affected, DependsOn])[]> {
  const found: (readonly [Affected, DependsOn])[] = [];
  const minors = otherMinors(trial.given).map((kubernetesVersion) => ({ kubernetesVersion }));
  const byMinor = await affectedBy(trial, base, minors);
  if (!isNone(byMinor)) found.push([byMinor, { kubernetes: true }]);
  for (const [group, isThere] of await decidingGroups(trial, base)) {
    const affected = await affectedBy(trial, base, [{ apiVersions: toggled(trial, [group]) }]);
    found.push([affected, { apiGroups: { [group]: isThere } }]);
  }
  return found;
}

/** One entry for all that decides the same objects. */
function grouped(
  values: ReadonlyMap<string, TriedValue>,
  elsewhere: readonly (readonly [Affected, DependsOn])[],
): readonly FactsDependence[] {
  const all = [
    ...[...values].map(([pointer, { is, affected }]): readonly [Affected, DependsOn] => [
      affected,
      is === undefined ? { absent: [pointer] } : { values: { [pointer]: is } },
    ]),
    ...elsewhere,
  ].filter(([affected]) => !isNone(affected));
  return [...Map.groupBy(all, ([affected]) => JSON.stringify(affected))].sort(byKey).flatMap(([, entries]) => {
    const [first] = entries;
    if (first === undefined) return [];
    const [{ objects, existence }] = first;
    const on = entries.map(([, each]) => each);
    const absent = on.flatMap((each) => each.absent ?? []).sort();
    const maps = (of: 'values' | 'apiGroups') => Object.assign({}, ...on.map((each) => each[of] ?? {}));
    return [
      {
        ...(objects.length === 0 ? {} : { objects: [...objects] }),
        ...(existence.length === 0 ? {} : { existence: [...existence] }),
        ...(on.some(({ kubernetes }) => kubernetes === true) ? { kubernetes: true } : {}),
        ...(on.some(({ apiGroups }) => apiGroups !== undefined) ? { apiGroups: maps('apiGroups') } : {}),
        ...(on.some((each) => each.values !== undefined) ? { values: maps('values') } : {}),
        ...(absent.length === 0 ? {} : { absent }),
      },
    ];
  });
}

/** Titles of objects that come out otherwise, and of those that are made or not; sorted. */
interface Affected {
  readonly objects: readonly string[];
  readonly existence: readonly string[];
}

type DependsOn = Omit<FactsDependence, 'objects' | 'existence'>;

function isNone({ objects, existence }: Affected): boolean {
  return objects.length + existence.length === 0;
}

/** What trials change. Where the chart refuses all of them, or nothing of the base is left, anything may change. */
async function affectedBy(
  trial: ReleaseTrial,
  base: Objects,
  tries: readonly Partial<TriedRelease>[],
): Promise<Affected> {
  const found: Affected[] = [];
  for (const each of tries) {
    const result = await trial.run({ ...trial.given, ...each });
    if (result !== undefined) found.push(differenceOf(base, result.objects));
  }
  const existing = new Set(found.flatMap(({ existence }) => existence));
  const isAny =
    (found.length === 0 && tries.length > 0) ||
    (base.size > 0 && [...base.keys()].every((title) => existing.has(title)));
  if (isAny) return { objects: [], existence: [anyFactObject] };
  const changed = new Set(found.flatMap(({ objects }) => objects).filter((title) => !existing.has(title)));
  return { objects: [...changed].sort(), existence: [...existing].sort() };
}

function differenceOf(base: Objects, made: Objects): Affected {
  const titles = [...new Set([...base.keys(), ...made.keys()])].sort();
  const both = titles.filter((title) => base.has(title) && made.has(title));
  return {
    objects: both.filter((title) => canonicalText(base.get(title)) !== canonicalText(made.get(title))),
    existence: titles.filter((title) => !base.has(title) || !made.has(title)),
  };
}

function distinct(
  tries: readonly { readonly values: JsonObject }[],
  own: JsonObject,
): readonly { readonly values: JsonObject }[] {
  const byText = new Map(tries.map((each) => [canonicalText(each.values as JsonValue), each]));
  byText.delete(canonicalText(own as JsonValue));
  return [...byText.values()];
}

function otherMinors({ kubernetesVersion }: TriedRelease): readonly string[] {
  return supportedVersions()
    .filter((minor) => !kubernetesVersion.startsWith(`${minor}.`))
    .map((minor) => `${minor}.0`);
}

/** Groups of custom kinds that the chart asks for, and whether the cluster has them: found by halving. */
async function decidingGroups(trial: ReleaseTrial, base: Objects): Promise<readonly (readonly [string, boolean])[]> {
  const present = apiGroupsOf(trial.given.apiVersions);
  const custom = [...apiGroupsOf(trial.allApiVersions)].filter((group) => group.includes('.') && !isBuiltIn(group));
  const search = async (groups: readonly string[]): Promise<readonly string[]> => {
    if (groups.length === 0) return [];
    const objects = await affectedBy(trial, base, [{ apiVersions: toggled(trial, groups) }]);
    if (isNone(objects)) return [];
    if (groups.length === 1) return groups;
    const half = Math.ceil(groups.length / 2);
    return [...(await search(groups.slice(0, half))), ...(await search(groups.slice(half)))];
  };
  const there = await search(custom.filter((group) => present.has(group)));
  const missing = await search(custom.filter((group) => !present.has(group)));
  return [...there, ...missing].sort().map((group) => [group, present.has(group)] as const);
}

/** Every cluster has Kubernetes' own groups. */
function isBuiltIn(group: string): boolean {
  return group.endsWith('.k8s.io') && !['gateway.networking.k8s.io', 'snapshot.storage.k8s.io'].includes(group);
}

/** The API versions of the cluster, with these groups where it lacks them and without where it has them. */
function toggled({ given, allApiVersions }: ReleaseTrial, groups: readonly string[]): readonly string[] {
  const present = apiGroupsOf(given.apiVersions);
  const isToggled = (each: string) => groups.includes(each.split('/')[0] as string);
  const kept = given.apiVersions.filter((each) => !isToggled(each));
  const added = allApiVersions.filter((each) => isToggled(each) && !present.has(each.split('/')[0] as string));
  return [...kept, ...added].sort();
}
