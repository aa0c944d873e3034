import { canonicalText, type JsonObject, type JsonValue, memo } from '@fluxwright/documents';
import type { ChartFactsSpec, FactsDependence } from '@fluxwright/model';
import type { RecordedRelease } from '../data/recorded-release.ts';
import { anyObject, factTitle } from './object-title.ts';
import { pointersAbove, releaseValues } from './release-values.ts';

/** What a release is given in a cluster: all that facts may depend on. */
export interface GivenRelease {
  readonly values: JsonObject;
  /** Minor of Kubernetes. */
  readonly kubernetes: string;
  /** Groups of all kinds that the chart sees. */
  readonly apiGroups: ReadonlySet<string>;
}

/**
 * What facts hold for a release. An object is sure where everything that it was seen to depend on is as it was; of others it is
 * assumed that they are there, and nothing else (docs/decisions/0061). A value that the facts do not know may change anything.
 */
export function recordedRelease(facts: ChartFactsSpec, given: GivenRelease): RecordedRelease {
  const differences = differencesOf(facts, given);
  const uncertain = new Set(differences.flatMap(({ existence }) => existence));
  const unsure = new Set([...uncertain, ...differences.flatMap(({ objects }) => objects)]);
  const objects = facts.objects.map((each, index) => {
    const object = each as unknown as JsonObject;
    const isSure = isSureOf({ unsure }, factTitle(object, facts.release.namespace));
    const { apiVersion, kind, metadata } = object as { readonly [key: string]: JsonValue };
    return { index, isSure, object: isSure ? object : ({ apiVersion, kind, metadata } as JsonObject) };
  });
  return {
    objects,
    isWhole: uncertain.size === 0,
    differing: [...new Set(differences.map(({ what }) => what))].sort(),
    unsure,
  };
}

/** True where an object with this title is as the facts say, also that it is not there. */
export function isSureOf({ unsure }: Pick<RecordedRelease, 'unsure'>, title: string): boolean {
  return !unsure.has(anyObject) && !unsure.has(title);
}

/** Objects that may be made otherwise, or not made, or made besides. */
interface Affected {
  readonly objects: readonly string[];
  readonly existence: readonly string[];
}

interface Difference extends Affected {
  readonly what: string;
}

function differencesOf(facts: ChartFactsSpec, given: GivenRelease): readonly Difference[] {
  const { depends = [] } = facts;
  return [
    ...valueDifferences(facts, given),
    ...depends
      .filter(({ kubernetes }) => kubernetes === true && facts.kubernetes !== given.kubernetes)
      .map((each) => ({ what: `Kubernetes ${given.kubernetes}`, ...affectedOf(each) })),
    ...depends.flatMap((each) =>
      Object.entries(each.apiGroups ?? {})
        .filter(([group, isThere]) => given.apiGroups.has(group) !== isThere)
        .map(([group]) => ({ what: group, ...affectedOf(each) })),
    ),
  ];
}

function valueDifferences(facts: ChartFactsSpec, given: GivenRelease): readonly Difference[] {
  const known = knownValues(facts);
  const values = releaseValues(given.values);
  const differing = [...values].flatMap(([pointer, { value }]): Difference[] => {
    const own = known.get(pointer);
    if (own !== undefined) return own.is === canonicalText(value) ? [] : asDifference(pointer, own);
    // A map that had no keys, or a value that was a scalar, stands for what is below it.
    const above = pointersAbove(pointer).flatMap((each) => known.get(each) ?? [])[0];
    if (above !== undefined) return [{ what: pointer, ...(isFree(above) ? anything : above) }];
    const alike = likeOthers(pointer, known);
    return alike === undefined ? [{ what: pointer, ...anything }] : asDifference(pointer, alike);
  });
  const missing = [...known].flatMap(([pointer, own]) =>
    own.is === undefined || values.has(pointer) ? [] : asDifference(pointer, own),
  );
  return [...differing, ...missing];
}

/**
 * What depends on the values that differ from a pointer in one step, where there are several and all say the same: the keys of a map of
 * users or buckets are names, and each cluster has its own.
 */
function likeOthers(pointer: string, known: ReadonlyMap<string, KnownValue>): Affected | undefined {
  const steps = pointer.split('/');
  const others = [...known].filter(([each]) => {
    const other = each.split('/');
    return other.length === steps.length && other.filter((step, index) => step !== steps[index]).length === 1;
  });
  // Two parts of a program share the names of their settings: its last step is none that names an entry.
  const entries = others.filter(([each]) => each.split('/').at(-1) === steps.at(-1)).map(([, value]) => value);
  const [first, ...rest] = entries;
  if (first === undefined || rest.length === 0) return undefined;
  const text = ({ objects, existence }: Affected) => canonicalText([[...objects], [...existence]]);
  return rest.every((each) => text(each) === text(first)) ? first : undefined;
}

const anything: Affected = { objects: [], existence: [anyObject] };

function isFree({ objects, existence }: Affected): boolean {
  return objects.length + existence.length === 0;
}

function asDifference(what: string, { objects, existence }: Affected): Difference[] {
  return isFree({ objects, existence }) ? [] : [{ what, objects, existence }];
}

function affectedOf({ objects = [], existence = [] }: FactsDependence): Affected {
  return { objects, existence };
}

interface KnownValue extends Affected {
  /** Canonical text of the value; absent where it was not set, or does not matter. */
  readonly is?: string;
}

/** Facts are read once for all clusters. */
const knownValues = memo(({ depends = [], free = [] }: ChartFactsSpec): ReadonlyMap<string, KnownValue> => {
  return new Map<string, KnownValue>([
    ...free.map((pointer): [string, KnownValue] => [pointer, { objects: [], existence: [] }]),
    ...depends.flatMap((each) =>
      (each.absent ?? []).map((pointer): [string, KnownValue] => [pointer, affectedOf(each)]),
    ),
    ...depends.flatMap((each) =>
      Object.entries(each.values ?? {}).map(([pointer, value]): [string, KnownValue] => [
        pointer,
        { ...affectedOf(each), is: canonicalText(value as JsonValue) },
      ]),
    ),
  ]);
});
