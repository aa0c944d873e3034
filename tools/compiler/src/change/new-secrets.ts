import { diagnostic, listWords } from '@fluxwright/diagnostics';
import { type ChangeDraft, type FluxTree, namesOf, placeOf, type TreeObject } from '@fluxwright/flux';
import { idOf, isOutside, type KindRelations, objectKey, objectTitle, thingsOf } from '@fluxwright/kubernetes';
import type { RenderedCluster } from '../data/rendered-cluster.ts';
import { catalogueFacts } from '../needs/catalogue-facts.ts';
import type { TreePair } from '../pair/tree-pair.ts';
import type { SeenChange } from './seen-change.ts';

/** What kinds of a cluster refer to, and what is made of them, by `<group>/<kind>`. */
type Relations = ReadonlyMap<string, KindRelations>;

/**
 * Each object that reads a generated secret from another entry of its store than before: a secret that nothing has
 * read yet is made anew, and what the old one encrypts cannot be read with it. Generated for an object is what an object of its namespace
 * puts into the store: a store keeps such entries for ever, whoever reads them.
 */
export function newSecrets(
  { before, after }: TreePair,
  { cluster, resources }: RenderedCluster,
): readonly SeenChange[] {
  const { relations } = catalogueFacts(cluster);
  const makers = makersOf(before, relations);
  const rendered = new Map(resources.map((resource) => [objectKey(idOf(resource)), resource]));
  return before.objects.flatMap((object) => {
    const key = objectKey(object);
    const now = after.byKey.get(key);
    if (now === undefined) return [];
    const reads = entriesRead(now, relations);
    const left = new Set(reads.map(({ entry }) => entry));
    const lost = entriesRead(object, relations).filter(
      ({ entry }) => !left.has(entry) && makers.get(entry)?.has(object.namespace ?? '') === true,
    );
    const [first] = lost;
    const [read] = reads;
    if (first === undefined || read === undefined) return [];
    const origin = rendered.get(key)?.origin.trace(read.at);
    const draft: ChangeDraft = {
      kind: 'new-secret',
      object,
      now,
      at: first.at,
      effect: 'renewed',
      because: `it no longer reads ${someOf(lost)}, generated for it`,
      loses: 'what the old secret encrypts or opens',
      advice,
    };
    const finding = diagnostic('change/new-secret', {
      message: `${objectTitle(now)} no longer reads ${someOf(lost)}, generated for it`,
      primary: origin?.layers[0] ?? origin?.span ?? placeOf(now, read.at),
      note: 'a secret that is made anew is another one: what the old one encrypts or opens stays closed to it',
      labels: [{ span: placeOf(object, first.at), message: 'it was read here' }],
      help: `${advice}; where a new one is meant, add "${namesOf(object)[0]}" to spec.acknowledge of the cluster`,
      cluster: cluster.name,
    });
    return { draft, finding };
  });
}

const advice =
  'keep the entry and the names in it, or copy the old secret to the new place in the store before the change';

/** The first few of what is no longer read. */
function someOf(lost: readonly EntryRead[]): string {
  const names = [...new Set(lost.map(({ entry }) => entry))].sort();
  const few = names.length > 3 ? [...names.slice(0, 2), `${names.length - 2} more`] : names;
  return listWords(few, 'and');
}

interface EntryRead {
  /** `<store>/<entry>/<property>` */
  readonly entry: string;
  readonly at: ReturnType<typeof thingsOf>[number]['at'];
}

function entriesRead(object: TreeObject, relations: Relations): readonly EntryRead[] {
  return entries(object, relations, 'needs');
}

/** By entry: the namespaces of the objects that put it there. */
function makersOf({ objects }: FluxTree, relations: Relations): ReadonlyMap<string, ReadonlySet<string>> {
  const made = new Map<string, Set<string>>();
  for (const object of objects) {
    for (const { entry } of entries(object, relations, 'makes'))
      made.set(entry, (made.get(entry) ?? new Set()).add(object.namespace ?? ''));
  }
  return made;
}

function entries(object: TreeObject, relations: Relations, side: 'needs' | 'makes'): readonly EntryRead[] {
  const found = relations.get(`${object.group}/${object.kind}`)?.[side] ?? [];
  return found.flatMap((relation) =>
    thingsOf(relation, object.object).flatMap(({ id, keys = [], at }) =>
      isOutside(id.kind) ? keys.map(({ text }) => ({ entry: `${id.namespace}/${id.name}/${text}`, at })) : [],
    ),
  );
}
