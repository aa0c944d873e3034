import type { JsonObject, JsonPath, JsonValue } from '@fluxwright/documents';
import { memo, placesAt } from '@fluxwright/documents';
import { isClusterScoped } from '../kind/known-kinds.ts';
import type { ObjectId } from '../object/object-id.ts';
import { type PatternText, readPath, readPattern, type Standpoint } from './pattern.ts';

/** Values that must stand at paths: true for any, false for none; null in a list stands for none. */
export type Condition = Readonly<Record<string, boolean | string | readonly (string | null)[]>>;

/** Something that an object names. All texts but `at` are patterns: {@link readPattern}. */
interface Thing {
  /** Places in the object, one thing each ({@link placesAt}). Default: the object. */
  readonly at?: string;
  readonly when?: Condition;
  /** API group; absent for the core group. */
  readonly group?: string;
  readonly kind: string;
  readonly name: string;
  /** Default: that of the object. */
  readonly namespace?: string;
  /** Keys of a Secret or ConfigMap, ports of a Service; absent where they are not known. */
  readonly keys?: readonly string[];
}

/** Something that an object refers to. */
export interface NeededThing extends Thing {
  /** false: it must be in the cluster some time, not before the object. Default: true. */
  readonly order?: boolean;
  /** true: nothing is wrong where nobody makes it. Default: false. */
  readonly optional?: boolean;
  /** true: who acts on the object takes up new content of the thing by itself. Default: false. */
  readonly reloads?: boolean;
}

/** Something that comes into being for an object. */
export interface MadeThing extends Thing {
  /** true: its content is replaced before it expires, as that of a certificate is. Default: false. */
  readonly renewed?: boolean;
}

/** Something that an object sets again and again: `keys` says what of it, such as `replicas` or `cpu`. */
export interface SteeredThing extends Thing {
  readonly keys: readonly string[];
}

/** What objects of one kind refer to, what comes into being for them, and what they steer. */
export interface KindRelations {
  readonly needs: readonly NeededThing[];
  readonly makes: readonly MadeThing[];
  readonly steers?: readonly SteeredThing[];
}

type Relation = NeededThing | MadeThing | SteeredThing;

/** Something that an object names: what it needs, what is made for it, or what it steers. */
export interface NamedThing {
  readonly id: ObjectId;
  /** Keys of it that are read or made; absent where they are not known. */
  readonly keys?: readonly PatternText[];
  /** The value of the object that names it. */
  readonly at: JsonPath;
}

/** True for what no API server knows, such as a bucket: its kind is in lower case, and a store is to it what a namespace is to an object. */
export function isOutside(kind: string): boolean {
  return /^[a-z]/.test(kind);
}

/** A part of an object that relations are read in, where it is not the whole. */
interface Part {
  /** Where it stands in the object. */
  readonly at?: JsonPath;
  /** The namespace of what it names and does not place. */
  readonly namespace?: string | undefined;
}

/** Clusters that share a task share its objects, and all of them the relations; several proofs ask. */
const readerOf = memo((object: JsonObject) =>
  memo(
    (relation: Relation, part: Part) => findThings(relation, object, part),
    () => true,
  ),
);

/**
 * The things that a relation finds in an object or a part of one: one for each place that holds and names one. A relation is
 * read in one part of an object only.
 */
export function thingsOf(relation: Relation, object: JsonObject, part: Part = {}): readonly NamedThing[] {
  return readerOf(object)(relation, part);
}

function findThings(relation: Relation, object: JsonObject, { at = [], namespace: own }: Part): readonly NamedThing[] {
  const whole = at.length > 0 ? at : ['metadata', 'name'];
  const inObject = (path: JsonPath): JsonPath => (path.length > 0 ? [...at, ...path] : path);
  return placesAt(object, relation.at ?? '').flatMap((place) => {
    const standpoint = { object, place };
    if (!holds(relation.when, standpoint)) return [];
    const [kind] = readPattern(relation.kind, standpoint);
    if (kind === undefined) return [];
    const group = relation.group === undefined ? '' : (readPattern(relation.group, standpoint)[0]?.text ?? '');
    const keys = relation.keys
      ?.flatMap((key) => readPattern(key, standpoint))
      .map(({ text, path }) => ({ text, path: inObject(path) }));
    const names = readPattern(relation.name, standpoint);
    return namespacesOf(relation, standpoint, { group, kind: kind.text, own }).flatMap((namespace) =>
      names.map((name) => ({
        id: { group, kind: kind.text, namespace, name: name.text },
        ...(keys === undefined ? {} : { keys }),
        at: name.path.length > 0 ? inObject(name.path) : place.path.length > 0 ? inObject(place.path) : whole,
      })),
    );
  });
}

/** The stores that an object fills with things of a relation, whether or not there are any. */
export function storesOf({ kind, namespace = '' }: MadeThing, object: JsonObject): readonly string[] {
  if (!isOutside(kind)) return [];
  return readPattern(namespace, { object, place: { path: [], value: object } }).map(({ text }) => text);
}

/** An object has one; what is outside may be in several stores, or in one that nobody names. */
function namespacesOf(
  { namespace }: Relation,
  standpoint: Standpoint,
  { group, kind, own }: { readonly group: string; readonly kind: string; readonly own: string | undefined },
): readonly (string | undefined)[] {
  if (isOutside(kind)) return readPattern(namespace ?? '', standpoint).flatMap(({ text }) => text || []);
  if (isClusterScoped(group, kind)) return [undefined];
  const said = namespace === undefined ? own : readPattern(namespace, standpoint)[0]?.text;
  return [(said ?? own ?? readPattern('{metadata.namespace}', standpoint)[0]?.text) || undefined];
}

function holds(condition: Condition | undefined, standpoint: Standpoint): boolean {
  return Object.entries(condition ?? {}).every(([path, wanted]) => {
    const found = readPath(path, standpoint).map(({ value }) => value);
    if (wanted === true) return found.some(isThere);
    if (wanted === false) return !found.some(isThere);
    const texts: readonly (string | null)[] = typeof wanted === 'string' ? [wanted] : wanted;
    return found.length === 0 ? texts.includes(null) : found.some((value) => texts.includes(textOf(value)));
  });
}

function isThere(value: JsonValue): boolean {
  if (value === null || value === false) return false;
  return !Array.isArray(value) || value.length > 0;
}

function textOf(value: JsonValue): string | null {
  return value === null ? null : String(value);
}
