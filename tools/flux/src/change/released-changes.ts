import { valueAt } from '@fluxwright/documents';
import { objectKey, objectTitle } from '@fluxwright/kubernetes';
import { type ReleaseChart, releaseChart, releasesIn } from '../release/release-chart.ts';
import { identityChange } from '../release/release-identity.ts';
import type { FluxTree } from '../tree/flux-tree.ts';
import type { HelmObject } from '../tree/helm-object.ts';
import type { TreeObject } from '../tree/tree-object.ts';
import type { ChangeDraft } from './change.ts';
import { immutableDraft } from './immutable-draft.ts';
import { renamePairs } from './rename-pairs.ts';

/** A release that Helm upgrades, with what it makes before and after. */
interface Upgrade {
  readonly release: TreeObject;
  readonly old: readonly HelmObject[];
  readonly now: readonly HelmObject[];
  /** A sentence that says what changes about it. */
  readonly because: string;
  readonly after: FluxTree;
}

/**
 * What upgrades of releases do to the objects that their charts make, where both charts are at hand. Helm deletes what the new
 * manifest has no more, but for hooks, for what crds/ brought and for what its resource policy keeps
 * (https://helm.sh/docs/howto/charts_tips_and_tricks/, "Tell Helm not to uninstall a resource").
 */
export function releasedChanges(before: FluxTree, after: FluxTree): readonly ChangeDraft[] {
  const next = releasesIn(after);
  return [...releasesIn(before)].flatMap(([key, release]) => {
    const [old, now, same] = [before.releases?.get(key), after.releases?.get(key), next.get(key)];
    if (old === undefined || now === undefined || same === undefined || old === now) return [];
    if (valueAt(same.object, ['spec', 'suspend']) === true) return [];
    if (identityChange([release, before], [same, after]) !== undefined) return [];
    const because = changeOf(release, [releaseChart(release, before), releaseChart(same, after)]);
    return ofUpgrade({ release, old, now, because, after });
  });
}

/** What goes with a release that is uninstalled, as its chart tells; undefined where that is nothing, or not at hand. */
export function lossOfRelease({ namespace = '', name }: TreeObject, { releases }: FluxTree): string | undefined {
  const made = releases?.get(`${namespace}/${name}`) ?? [];
  const [first, ...rest] = made.filter((each) => isHelms(each) && !each.isKept && each.loses !== undefined);
  if (first === undefined) return undefined;
  return `${objectTitle(first)}${rest.length === 0 ? '' : ` and ${rest.length} more`} of its chart`;
}

/** The objects of a release that FluxKustomizations of another tree apply under the same names. */
export function takenOver(
  { namespace = '', name }: TreeObject,
  before: FluxTree,
  after: FluxTree,
): readonly HelmObject[] {
  const made = before.releases?.get(`${namespace}/${name}`) ?? [];
  return made.filter((each) => isHelms(each) && after.byKey.has(objectKey(each)));
}

/** The HelmReleases of a tree by the key of each object that their charts make, hooks aside; the first where several do. */
export function makersIn(tree: FluxTree): ReadonlyMap<string, TreeObject> {
  const releases = releasesIn(tree);
  const makers = new Map<string, TreeObject>();
  for (const [key, made] of tree.releases ?? []) {
    const release = releases.get(key);
    if (release === undefined) continue;
    for (const each of made) {
      const object = objectKey(each);
      if (!each.isHook && !makers.has(object)) makers.set(object, release);
    }
  }
  return makers;
}

function ofUpgrade({ old, now, ...upgrade }: Upgrade): readonly ChangeDraft[] {
  const [mine, theirs] = [old, now].map((made) => new Map(made.filter(isHelms).map((each) => [objectKey(each), each])));
  const lost = [...(mine ?? [])].filter(([key]) => !theirs?.has(key)).map(([, object]) => object);
  const gained = [...(theirs ?? [])].filter(([key]) => !mine?.has(key)).map(([, object]) => object);
  const pairs = renamePairs(lost, gained);
  return [
    ...lost.map((object) => lostObject(object, pairs.get(objectKey(object)), { ...upgrade, old, now })),
    ...[...(mine ?? [])].flatMap(([key, object]) => immutable(object, theirs?.get(key), upgrade)),
  ];
}

/** Helm counts neither hooks nor what crds/ brought among the objects of a release. */
function isHelms({ isHook, isOfCrds }: HelmObject): boolean {
  return !isHook && !isOfCrds;
}

function lostObject(
  object: HelmObject,
  now: TreeObject | undefined,
  { because, after, now: made }: Upgrade,
): ChangeDraft {
  const key = objectKey(object);
  const { loses } = object;
  if (object.isKept)
    return {
      kind: 'deleted',
      object,
      effect: 'kept',
      because: 'helm.sh/resource-policy keeps it',
      advice: 'delete it by hand once nothing needs it',
    };
  const taker = after.byKey.get(key) ?? made.find((each) => each.isOfCrds && objectKey(each) === key);
  const successor = taker ?? now;
  const data = loses !== undefined && { loses };
  const keep = `kubectl annotate it with helm.sh/resource-policy=keep before, so that Helm leaves it`;
  const base = { object, ...(successor && { now: successor }), ...data, because } as const;
  if (taker !== undefined) return { ...base, kind: 'moved', effect: 'recreated', advice: keep };
  const kind = now === undefined ? 'deleted' : now.name === object.name ? 'namespace-changed' : 'renamed';
  const name = now === undefined ? '' : ', or keep its name by the values of the chart (most have fullnameOverride)';
  return { ...base, kind, effect: 'deleted', advice: `${keep}${name}` };
}

function immutable(
  object: HelmObject,
  now: HelmObject | undefined,
  { release, after: { updates } }: Pick<Upgrade, 'release' | 'after'>,
): readonly ChangeDraft[] {
  if (now === undefined) return [];
  return immutableDraft(object, now, updates, (field, why) => ({
    effect: 'refused',
    because: `Kubernetes refuses to change ${field}${why}, and with it the upgrade of ${objectTitle(release)}`,
    advice: `leave ${field} as it is by the values of the chart, or delete the object right before the upgrade`,
  }));
}

function changeOf(release: TreeObject, [old, now]: readonly (ReleaseChart | undefined)[]): string {
  const title = objectTitle(release);
  const upgrade =
    old === undefined || now === undefined || old.version === now.version
      ? `${title} gets other values`
      : `${title} goes from ${old.name} ${old.version} to ${now.version}`;
  return `${upgrade}, and Helm deletes what the chart does not make any more`;
}
