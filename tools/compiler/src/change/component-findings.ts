import { type Diagnostic, diagnostic, type Span } from '@fluxwright/diagnostics';
import { byKey } from '@fluxwright/documents';
import { type ChangePlan, type FluxTree, placeOf, renamePairs, type TreeObject } from '@fluxwright/flux';
import { objectKey } from '@fluxwright/kubernetes';
import { parseRecord, recordPath } from '../assemble/file-record.ts';
import { componentLabel } from '../data/compiler-labels.ts';
import type { TreePair } from '../pair/tree-pair.ts';
import type { ClusterComponents } from './cluster-components.ts';
import { movedServices } from './moved-services.ts';

/**
 * A hint for each component that leaves a cluster, that has another name now, or that stays though nothing but others'
 * needs asks for it any more; and for what one gets from another provider. What data goes with it is said by {@link changeFindings}. `command` shows each object of the change.
 */
export function componentFindings(
  pair: TreePair,
  plan: ChangePlan,
  components: ClusterComponents,
  command = `fluxwright changes ${plan.cluster}`,
): readonly Diagnostic[] {
  const had = Map.groupBy(pair.before.objects, componentOf);
  const has = components.named;
  // A component that is left out of a standby's tree has its copies there still.
  const kept = new Set(pair.after.objects.map(componentOf));
  const gone = [...had].filter(([name]) => name !== '' && !has.has(name) && !kept.has(name)).sort(byKey);
  return [
    ...gone.map(([name, objects]) => {
      const successor = successorOf(objects, pair);
      const isNew = successor !== undefined && has.has(successor) && !had.has(successor);
      return isNew
        ? renamed({ name, objects, successor, now: has.get(successor), command }, pair, plan)
        : left({ name, objects, command }, pair, plan);
    }),
    ...stays(pair, components),
    ...movedServices(pair, plan.cluster),
  ];
}

interface Gone {
  readonly name: string;
  readonly objects: readonly TreeObject[];
  /** Shows each object of the change. */
  readonly command: string;
}

function left({ name, objects, command }: Gone, { before }: TreePair, plan: ChangePlan): Diagnostic {
  const why = requiredIn(before)?.includes(name) ? 'nothing requires it any more' : 'nothing asks for it any more';
  return diagnostic('change/other-components', {
    message: `component "${name}" leaves cluster "${plan.cluster}": ${why}`,
    ...objectsPlace(name, objects),
    note: outcome(objects, plan),
    help: `to keep it, add "${name}" to spec.components of the cluster; to see each object: npx ${command}`,
    cluster: plan.cluster,
  });
}

function renamed(
  { name, objects, successor, now, command }: Gone & { readonly successor: string; readonly now: Span | undefined },
  { after }: TreePair,
  plan: ChangePlan,
): Diagnostic {
  return diagnostic('change/other-components', {
    message: `component "${name}" of cluster "${plan.cluster}" is "${successor}" now`,
    ...objectsPlace(name, objects),
    note: outcome(objects, plan),
    labels: now === undefined ? [] : [{ span: now, message: 'its new name' }],
    help: `for Flux another one applies its objects${leftServices(name, objects, after)}; to see what becomes of each: npx ${command}`,
    cluster: plan.cluster,
  });
}

/** Objects of services are called after their consumer, unless its requests say a name. */
function leftServices(name: string, objects: readonly TreeObject[], after: FluxTree): string {
  const left = objects.filter(
    (object) => object.path.startsWith(`components/${name}/services/`) && !after.byKey.has(objectKey(object)),
  );
  const [first] = left;
  if (first === undefined) return '';
  return `, and its services begin anew: write object: ${first.name} in its request to go on with what is there`;
}

/** Records of older compilers do not say what was required. */
function stays({ before }: TreePair, { cluster, required: now }: ClusterComponents): readonly Diagnostic[] {
  const required = requiredIn(before);
  if (required === undefined) return [];
  const had = new Set(before.objects.map(componentOf));
  return [...now].flatMap(([name, [reason, ...more]]) => {
    if (reason === undefined || required.includes(name) || !had.has(name)) return [];
    return diagnostic('change/other-components', {
      message: `component "${name}" stays in cluster "${cluster}": ${reason.text}`,
      primary: reason.span,
      note: 'nothing else asks for it any more',
      labels: more.map(({ text, span }) => ({ span, message: text })),
      help: `it leaves when nothing requires it; where it is meant to stay, add "${name}" to spec.components of the cluster`,
      cluster,
    });
  });
}

/** The components that a tree says it had only because others required them. */
function requiredIn({ files }: FluxTree): readonly string[] | undefined {
  return parseRecord(files.get(recordPath) ?? '')?.required;
}

/** The component that has most of another's objects now. */
function successorOf(objects: readonly TreeObject[], { before, after }: TreePair): string | undefined {
  const own = objects.filter(({ path }) => path.startsWith('components/'));
  const lost = own.filter((object) => !after.byKey.has(objectKey(object)));
  const gained = after.objects.filter((object) => !before.byKey.has(objectKey(object)));
  const pairs = renamePairs(lost, gained);
  const now = own.flatMap((object) => after.byKey.get(objectKey(object)) ?? pairs.get(objectKey(object)) ?? []);
  const most = [...Map.groupBy(now, componentOf)].find(([, each]) => each.length * 2 > own.length);
  return most?.[0];
}

/** What the plan makes of a component's objects. */
function outcome(objects: readonly TreeObject[], { changes }: ChangePlan): string {
  const own = new Set(objects.map(objectKey));
  const effects = Map.groupBy(
    changes.filter(({ object }) => own.has(objectKey(object))),
    ({ effect }) => effect,
  );
  const words = [
    ['deleted', 'deleted'],
    ['recreated', 'perhaps deleted while they move'],
    ['reinstalled', 'installed anew'],
    ['renewed', 'given a new secret'],
    ['kept', 'kept'],
  ] as const;
  const parts = words.flatMap(([effect, word]) => {
    const many = effects.get(effect)?.length ?? 0;
    return many === 0 ? [] : `${many} ${word}`;
  });
  return parts.length === 0 ? 'its objects stay as they are' : `its objects: ${parts.join(', ')}`;
}

/** What applies it; its first object where nothing does. */
function objectsPlace(name: string, objects: readonly TreeObject[]) {
  const [first] = objects;
  const place = objects.find((object) => object.path === `kustomizations/${name}.yaml`) ?? first;
  return place === undefined ? {} : { primary: placeOf(place, ['metadata', 'name']) };
}

/** The component an object is of; '' for what the cluster has for itself. */
function componentOf({ path, object }: TreeObject): string {
  const [top, name] = path.split('/');
  if (top === 'components') return name ?? '';
  const { labels } = (object.metadata ?? {}) as { labels?: Record<string, string> };
  return top === 'kustomizations' ? (labels?.[componentLabel] ?? '') : '';
}
