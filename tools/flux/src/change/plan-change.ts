import { by, valueAt } from '@fluxwright/documents';
import { builtInData, objectKey, objectTitle } from '@fluxwright/kubernetes';
import { isRelease } from '../release/release-chart.ts';
import { identityChange, releaseIdentity } from '../release/release-identity.ts';
import { hasFluxMark, isSkipped } from '../tree/flux-mark.ts';
import type { FluxTree } from '../tree/flux-tree.ts';
import type { TreeObject } from '../tree/tree-object.ts';
import type { Change, ChangeDraft, ChangePlan } from './change.ts';
import { immutableDraft } from './immutable-draft.ts';
import { lossOfRelease, makersIn, releasedChanges, takenOver } from './released-changes.ts';
import { removalOutcome } from './removal-outcome.ts';
import { renamePairs } from './rename-pairs.ts';
import { shrunkVolumes } from './shrunk-volumes.ts';

/** The two trees, and the objects whose loss is meant, as `Kind/name` or `Kind/namespace/name`. */
export interface ChangeInput {
  readonly before: FluxTree;
  readonly after: FluxTree;
  /** Changes that the trees alone do not tell. */
  readonly further?: readonly ChangeDraft[];
  readonly acknowledge?: readonly string[];
}

/**
 * Classifies every identity that the new tree loses, hands over or makes anew, and says what Flux does to it and what is
 * lost with it; so, too, what Helm makes of releases, where the trees say it. Linear in the objects.
 */
export function planChange({ before, after, further = [], acknowledge = [] }: ChangeInput): ChangePlan {
  const lost = before.objects.filter((object) => !after.byKey.has(objectKey(object)));
  const gained = after.objects.filter((object) => !before.byKey.has(objectKey(object)));
  const pairs = renamePairs(lost, gained);
  const makers = makersIn(after);
  const drafts = [
    ...lost.map((object) =>
      lostObject(object, { before, after, now: pairs.get(objectKey(object)), maker: makers.get(objectKey(object)) }),
    ),
    ...before.objects.flatMap((object) => {
      const now = after.byKey.get(objectKey(object));
      return now === undefined ? [] : keptObject(object, { before, after, now });
    }),
    ...releasedChanges(before, after),
    ...further,
  ].map(withoutVainHold);
  const used = new Set<string>();
  const changes = drafts.map((draft): Change => {
    const name = namesOf(draft.object).find((each) => acknowledge.includes(each));
    const matters = draft.loses !== undefined || draft.effect === 'refused';
    if (name !== undefined && matters) used.add(name);
    return { ...draft, acknowledged: name !== undefined };
  });
  return {
    cluster: after.cluster,
    changes: changes.sort(by((each) => each.object.path)),
    unused: acknowledge.filter((name) => !used.has(name)),
  };
}

/**
 * A mark in the tree does not reach an object that Flux leaves as it is (fluxcd/pkg ssa v0.76.2 manager_apply.go,
 * shouldSkipApply): it is made in the cluster, by hand.
 */
function withoutVainHold({ hold, ...draft }: ChangeDraft): ChangeDraft {
  if (hold === undefined || !isSkipped(draft.object.object)) return hold === undefined ? draft : { ...draft, hold };
  const { kind, namespace, name } = draft.object;
  const place = `${namespace === undefined ? '' : `-n ${namespace} `}`;
  const command =
    hold === 'suspend'
      ? `flux suspend helmrelease ${place}${name}`
      : `kubectl annotate ${place}${kind.toLowerCase()} ${name} kustomize.toolkit.fluxcd.io/prune=disabled`;
  return { ...draft, advice: `Flux does not apply its marks, so make it in the cluster before: ${command}` };
}

/** How a person may name an object: `Kind/namespace/name`, or without the namespace. */
export function namesOf({ kind, namespace, name }: TreeObject): readonly string[] {
  return namespace === undefined ? [`${kind}/${name}`] : [`${kind}/${namespace}/${name}`, `${kind}/${name}`];
}

interface Pair {
  readonly before: FluxTree;
  readonly after: FluxTree;
  readonly now: TreeObject;
}

function lostObject(
  object: TreeObject,
  { before, after, now, maker }: Omit<Pair, 'now'> & Readonly<Record<'now' | 'maker', TreeObject | undefined>>,
): ChangeDraft {
  const kind = now === undefined ? 'deleted' : now.name === object.name ? 'namespace-changed' : 'renamed';
  const outcome = removalOutcome(object, before, after);
  const base = { kind, object, ...(now && { now }) } as const;
  if (outcome.kind === 'kept') {
    return { ...base, effect: 'kept', because: outcome.because, advice: 'delete it by hand once nothing needs it' };
  }
  if (isRelease(object)) return lostRelease(object, { ...base, by: outcome.by, before, after });
  const loses = lossOf(object, before);
  if (maker !== undefined)
    return {
      kind: 'owner-changed',
      object,
      now: maker,
      effect: 'recreated',
      because: `${outcome.by}, unless ${objectTitle(maker)} has taken it over before`,
      ...(loses !== undefined && { loses }),
      hold: 'prune',
      advice: 'mark it before it moves, so that nobody prunes it',
    };
  const advice =
    now === undefined
      ? 'move its data first'
      : `keep the name ${object.name}${kind === 'namespace-changed' ? ` and the namespace ${object.namespace}` : ''}, or copy the data to ${objectTitle(now)} while both are there`;
  return {
    ...base,
    effect: 'deleted',
    because: outcome.by,
    ...(loses !== undefined && { loses, hold: 'prune' }),
    advice,
  };
}

/** helm-controller uninstalls the release of a deleted HelmRelease, unless that is suspended. */
function lostRelease(
  object: TreeObject,
  {
    by,
    before,
    after,
    ...base
  }: Pick<ChangeDraft, 'kind' | 'object' | 'now'> & {
    readonly by: string;
    readonly before: FluxTree;
    readonly after: FluxTree;
  },
): ChangeDraft {
  const old = releaseIdentity(object, before);
  const others = after.objects.filter(isRelease).map((each) => ({ each, is: releaseIdentity(each, after) }));
  const inPlace = others.filter(({ is }) => is.storageNamespace === old.storageNamespace);
  const adopter = inPlace.find(({ is }) => is.releaseName === old.releaseName)?.each;
  // One of the same chart that was not there before would have been the adopter, had it kept the release's name.
  const successor = inPlace.find(
    ({ each, is }) => is.chart === old.chart && is.chart !== '' && !before.byKey.has(objectKey(each)),
  )?.each;
  const now = adopter ?? successor;
  const draft = {
    ...base,
    ...(now && { kind: now.name === object.name ? ('namespace-changed' as const) : ('renamed' as const), now }),
  };
  if (valueAt(object.object, ['spec', 'suspend']) === true) return leftRelease(draft, adopter);
  const loses = lossOf(object, before);
  const [taken, ...more] = takenOver(object, before, after);
  if (adopter === undefined && taken !== undefined) {
    const objects = `${objectTitle(taken)}${more.length === 0 ? '' : ` and ${more.length} more`}`;
    return {
      ...base,
      kind: 'owner-changed',
      effect: 'deleted',
      because: `${by}, and helm-controller uninstalls the release ${old.storageNamespace}/${old.releaseName}, though the new tree has its ${objects}`,
      ...(loses !== undefined && { loses }),
      hold: 'suspend',
      advice: 'suspend it before, so that its objects stay for who applies them now',
    };
  }
  return {
    ...draft,
    effect: adopter === undefined ? 'deleted' : 'reinstalled',
    because: `${by}, and helm-controller uninstalls the release ${old.storageNamespace}/${old.releaseName}`,
    ...(loses !== undefined && { loses }),
    ...((loses !== undefined || adopter !== undefined) && { hold: 'suspend' as const }),
    advice: adviceFor(old.releaseName, adopter, successor),
  };
}

function leftRelease(
  draft: Pick<ChangeDraft, 'kind' | 'object' | 'now'>,
  adopter: TreeObject | undefined,
): ChangeDraft {
  return {
    ...draft,
    effect: 'kept',
    because: 'a suspended HelmRelease leaves its release',
    advice: adopter
      ? `nothing has to be done: ${objectTitle(adopter)} takes the release over`
      : 'uninstall the release by hand once nothing needs it',
  };
}

function adviceFor(name: string, adopter: TreeObject | undefined, successor: TreeObject | undefined): string {
  if (adopter) return `${objectTitle(adopter)} takes the same release over: suspend the old one before`;
  return successor
    ? `keep the release name ${name} (helm.releaseName in component.yaml), so that ${objectTitle(successor)} takes the release over`
    : 'save what its volumes hold first';
}

function keptObject(object: TreeObject, pair: Pair): readonly ChangeDraft[] {
  return [...handOver(object, pair), ...reinstall(object, pair), ...shrunk(object, pair), ...immutable(object, pair)];
}

/** Two FluxKustomizations race: where the old one prunes before the new one has taken the object over, it is deleted. */
function handOver(object: TreeObject, { before, after, now }: Pair): readonly ChangeDraft[] {
  const [from, to] = [before, after].map((tree) => tree.owners.get(objectKey(object)));
  if (from === undefined || from === to) return [];
  const kind = componentOf(object) === componentOf(now) ? 'moved' : 'owner-changed';
  const outcome = removalOutcome(object, before, after);
  const base = { kind, object, now } as const;
  if (outcome.kind === 'kept')
    return [{ ...base, effect: 'kept', because: outcome.because, advice: 'nothing has to be done' }];
  const loses = lossOf(object, before);
  return [
    {
      ...base,
      effect: 'recreated',
      because: `${outcome.by}, unless ${to === undefined ? 'somebody else' : `Kustomization ${to}`} has taken it over before`,
      ...(loses !== undefined && { loses }),
      hold: 'prune',
      advice: 'mark it before it moves, so that nobody prunes it',
    },
  ];
}

function reinstall(object: TreeObject, { before, after, now }: Pair): readonly ChangeDraft[] {
  if (!isRelease(object)) return [];
  const change = identityChange([object, before], [now, after]);
  if (change === undefined) return [];
  const { name, at, from, to } = change;
  const loses = lossOf(object, before);
  return [
    {
      kind: name === 'releaseName' ? 'release-renamed' : name === 'chart' ? 'chart-changed' : 'release-moved',
      object,
      now,
      at,
      effect: 'reinstalled',
      because: `${name} changes from ${from} to ${to}: helm-controller uninstalls the old release and installs another`,
      ...(loses !== undefined && { loses }),
      advice: `keep ${name} ${from}${name === 'releaseName' ? ' (helm.releaseName in component.yaml)' : ''}, or save what its volumes hold first`,
    },
  ];
}

/** Without the charts nobody sees the claims; the component says which sizes it asks for. */
function shrunk(object: TreeObject, { before, after, now }: Pair): readonly ChangeDraft[] {
  const key = `${object.namespace ?? ''}/${object.name}`;
  const isSeen = before.releases?.has(key) === true && after.releases?.has(key) === true;
  if (!isRelease(object) || isSeen || isLeftAlone(now)) return [];
  return shrunkVolumes([object, before], [now, after])
    .slice(0, 1)
    .map(({ workload, from, to }) => ({
      kind: 'immutable-field',
      object,
      now,
      at: ['spec', 'values'],
      effect: 'refused',
      because: `a volume never shrinks, and ${workload} asks for ${to} where it has ${from}`,
      advice: `leave the size at ${from}, or move the data to a release of another name`,
    }));
}

function immutable(object: TreeObject, { before, after, now }: Pair): readonly ChangeDraft[] {
  if (isLeftAlone(now)) return [];
  const owner = after.nodes.get(after.owners.get(objectKey(now)) ?? '');
  const forced = owner?.force === true || hasFluxMark(now.object, 'force', 'enabled');
  return immutableDraft(object, now, after.updates, (field, why) => {
    const loses = forced ? lossOf(object, before) : undefined;
    return {
      effect: forced ? 'recreated' : 'refused',
      because: forced
        ? `${field} cannot change${why}, so force deletes it and makes another`
        : `Kubernetes refuses to change ${field}${why}`,
      ...(loses !== undefined && { loses }),
      advice: `leave ${field} as it is, or make an object of another name and remove this one later`,
    };
  });
}

/** What goes with an object: what its tree recorded, what its built-in kind means, or what its chart holds. */
function lossOf(object: TreeObject, tree: FluxTree): string | undefined {
  const recorded = tree.record?.data?.[object.path] ?? builtInData(object);
  return recorded ?? (isRelease(object) ? lossOfRelease(object, tree) : undefined);
}

/** The server-side apply policy of an object may say that Flux does not update it. */
function isLeftAlone({ object }: TreeObject): boolean {
  return isSkipped(object);
}

function componentOf({ path }: TreeObject): string {
  return path.split('/').slice(0, 2).join('/');
}
