import { isObject, type JsonObject, type JsonPath, memo, valueAt } from '@fluxwright/documents';
import {
  groupOf,
  type KindRelations,
  type MadeThing,
  type NamedThing,
  type NeededThing,
  storesOf,
  thingsOf,
} from '@fluxwright/kubernetes';
import type { CatalogueFacts } from './catalogue-facts.ts';
import type { StagedResource } from './staged-resources.ts';

/** A thing that an object names, and the relation that says so. */
export interface RelatedThing<Relation> {
  readonly relation: Relation;
  readonly thing: NamedThing;
}

/** What an object refers to: by its kind, and by what its component says of the values of its chart. */
export function thingsNeeded(staged: StagedResource, facts: CatalogueFacts): readonly RelatedThing<NeededThing>[] {
  return viewsOf(staged, facts).flatMap((view) => placed(neededIn(view.object, view.relations.needs, view), facts));
}

/** What comes into being for an object: by its kind, and by what its chart makes of its values. */
export function thingsMade(staged: StagedResource, facts: CatalogueFacts): readonly RelatedThing<MadeThing>[] {
  return viewsOf(staged, facts).flatMap((view) => placed(madeIn(view.object, view.relations.makes, view), facts));
}

/** A store outside of the cluster's objects that something of a kind is put into, and the value that says so. */
export interface FilledStore {
  readonly kind: string;
  readonly name: string;
  readonly at: JsonPath;
}

/** The stores that an object fills, also where it puts nothing into them as it is. */
export function filledStores(staged: StagedResource, facts: CatalogueFacts): readonly FilledStore[] {
  return viewsOf(staged, facts).flatMap(({ relations, object, at }) =>
    relations.makes.flatMap((relation) =>
      storesOf(relation, object).map((name) => ({ kind: relation.kind, name, at: at.length > 0 ? at : ['kind'] })),
    ),
  );
}

/** A part of an object, and what relates it to others. */
interface View {
  readonly relations: KindRelations;
  readonly object: JsonObject;
  /** Where the part stands in the object. */
  readonly at: JsonPath;
  /** What is named is in this namespace, where the part does not say. */
  readonly namespace?: string;
}

function viewsOf({ resource, stage }: StagedResource, facts: CatalogueFacts): readonly View[] {
  const { apiVersion, kind, name, namespace, object } = resource;
  const views: View[] = [];
  const byKind = facts.relations.get(`${groupOf(apiVersion)}/${kind}`);
  if (byKind !== undefined) views.push({ relations: byKind, object, at: [] });
  const byValues = facts.chartValues.get(stage.component);
  if (byValues !== undefined && kind === 'HelmRelease' && name === stage.component) {
    const values = valueAt(object, ['spec', 'values']);
    views.push({
      relations: byValues,
      object: isObject(values) ? values : {},
      at: ['spec', 'values'],
      ...(namespace === undefined ? {} : { namespace }),
    });
  }
  return views;
}

type Named<Relation> = readonly RelatedThing<Relation>[];
type Place = Pick<View, 'at' | 'namespace'>;

const neededIn = namedIn<NeededThing>();
const madeIn = namedIn<MadeThing>();

/** What relations name in an object: found once for all clusters that share it, since the manifests of kinds are the same for all. */
function namedIn<Relation extends NeededThing | MadeThing>() {
  return memo(
    (object: JsonObject, relations: readonly Relation[], { at, namespace }: Place): Named<Relation> =>
      relations.flatMap((relation) =>
        thingsOf(relation, object, { at, namespace }).map((thing) => ({ relation, thing })),
      ),
    // An object is a part of one other at most: where it stands does not change.
    ([relations, before], [others, now]) => relations === others && before.namespace === now.namespace,
  );
}

/** What a relation takes for namespaced may be of a kind that only its component knows. */
function placed<Relation>(things: Named<Relation>, { kinds }: CatalogueFacts): Named<Relation> {
  return things.map(({ relation, thing }) => {
    const { namespace, ...id } = thing.id;
    const isCluster = namespace !== undefined && kinds.isClusterScoped(id.group, id.kind);
    return { relation, thing: isCluster ? { ...thing, id } : thing };
  });
}
