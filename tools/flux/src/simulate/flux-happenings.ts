import { isObject, type JsonValue, mapsIn, valueAt } from '@fluxwright/documents';
import { objectKey } from '@fluxwright/kubernetes';
import { isRelease } from '../release/release-chart.ts';
import { type FluxNode, helmGroup, isFluxKustomization, sourceGroup } from '../tree/flux-node.ts';
import type { FluxTree } from '../tree/flux-tree.ts';
import type { TreeObject } from '../tree/tree-object.ts';
import type { Happening } from './order-happenings.ts';

/** Names of what happens: a FluxKustomization has applied its folder, or is ready; a HelmRelease is ready. */
export const applied = (key: string): string => `applied ${key}`;
export const ready = (key: string): string => `ready ${key}`;
export const released = (key: string): string => `released ${key}`;

/**
 * What Flux 2.9 waits for, as it can be told from a tree (kustomize-controller docs/spec/v1/kustomizations.md, helm-controller
 * docs/spec/v2/helmreleases.md):
 * - A FluxKustomization applies its folder once the one that holds it has, its source is there, all it depends on are
 *   ready, and the namespaces and definitions that its objects need are applied. Dependencies on the same source must be
 *   ready at the same revision, so a suspended one holds back whoever depends on it, also where it was ready before.
 * - It is ready when it has applied and, with `wait`, all it applied is ready; else what `healthChecks` name.
 * - A HelmRelease is ready after what it depends on, once its source is there; and, where its chart is at hand, once the
 *   namespaces and definitions that the chart's objects need are there. What its chart defines is there when it is ready.
 * - What is suspended keeps the readiness it had, and its controller still notes that it has seen the new generation: who waits
 *   for the object itself goes on.
 * Whether pods start and what expressions say is known at run time only, and counts as ready here. `before` holds what
 * had happened, for a tree that replaces another.
 */
export function fluxHappenings(
  tree: FluxTree,
  before: ReadonlySet<string> = new Set(),
): ReadonlyMap<string, Happening> {
  const providers = providersOf(tree);
  const happenings = new Map<string, Happening>();
  for (const node of tree.nodes.values()) {
    happenings.set(applied(node.key), applying(node, { tree, before, providers }));
    happenings.set(ready(node.key), { needs: [applied(node.key), ...awaitedBy(node, tree, before)] });
  }
  for (const object of tree.objects) {
    const name = released(nameOf(object));
    if (isRelease(object))
      happenings.set(name, keeps(object, before.has(name)) ? { needs: [] } : releasing(object, tree, providers));
  }
  return happenings;
}

interface Surroundings {
  readonly tree: FluxTree;
  readonly before: ReadonlySet<string>;
  readonly providers: Providers;
}

function applying(node: FluxNode, { tree, before, providers }: Surroundings): Happening {
  const owner = tree.owners.get(objectKey(node.object));
  const isRoot = owner === node.key;
  const source = isRoot ? undefined : sourceOf(node.source, tree);
  const own = tree.objectsOf.get(node.key);
  const blocked = whatBlocks(node, tree, source);
  const dependencies = node.dependsOn.filter(
    (key) => !(before.has(ready(key)) && tree.nodes.get(key)?.source !== node.source),
  );
  const needs = [
    ...(isRoot || owner === undefined ? [] : [applied(owner)]),
    ...(source === undefined || source === 'missing' ? [] : [applied(source)]),
    ...dependencies.map(ready),
    ...(own ?? []).flatMap((object) => needsOf(object, providers)).filter((name) => name !== applied(node.key)),
  ];
  return { needs: [...new Set(needs)], ...(blocked !== undefined && { blocked }) };
}

function whatBlocks(node: FluxNode, tree: FluxTree, source: string | 'missing' | undefined): string | undefined {
  if (node.suspend) return 'it is suspended';
  if (tree.owners.get(objectKey(node.object)) === undefined && !tree.isPart) return 'no FluxKustomization applies it';
  const missing = node.dependsOn.find((key) => !tree.nodes.has(key));
  if (missing !== undefined) return `it depends on Kustomization ${missing}, which is not there`;
  if (source === 'missing') return `its source ${node.source} is not there`;
  const hasNoFolder = tree.objectsOf.get(node.key) !== undefined && tree.folderOf.get(node.key) === undefined;
  return hasNoFolder ? `its folder ${node.folder} is not there` : undefined;
}

/** True for what is suspended after it was ready. */
function keeps({ object }: TreeObject, wasReady: boolean): boolean {
  return wasReady && valueAt(object, ['spec', 'suspend']) === true;
}

function awaitedBy(node: FluxNode, tree: FluxTree, before: ReadonlySet<string>): readonly string[] {
  const objects = node.wait
    ? (tree.objectsOf.get(node.key) ?? [])
    : node.healthChecks.flatMap((id) => tree.byKey.get(objectKey(id)) ?? []);
  return objects.flatMap((object) => {
    if (isRelease(object)) return [released(nameOf(object))];
    const inner = ready(nameOf(object));
    const isWaitedFor = isFluxKustomization(object) && !keeps(object, before.has(inner));
    return isWaitedFor ? [inner] : [];
  });
}

function releasing(object: TreeObject, tree: FluxTree, providers: Providers): Happening {
  const spec = isObject(object.object.spec) ? object.object.spec : {};
  const owner = tree.owners.get(objectKey(object));
  const reference = spec.chartRef ?? valueAt(spec, ['chart', 'spec', 'sourceRef']);
  const source = isObject(reference)
    ? sourceOf(
        `${String(reference.kind)}/${text(reference.namespace, object.namespace)}/${String(reference.name)}`,
        tree,
      )
    : undefined;
  const dependsOn = mapsIn(spec.dependsOn);
  const names = dependsOn.map((each) => `${text(each.namespace, object.namespace)}/${text(each.name)}`);
  const missing = names.find((name) => !tree.byKey.has(objectKey(releaseId(name))));
  const blocked =
    spec.suspend === true
      ? 'it is suspended'
      : missing !== undefined
        ? `it depends on HelmRelease ${missing}, which is not there`
        : source === 'missing'
          ? 'the source of its chart is not there'
          : undefined;
  const given = [owner, source].flatMap((key) => (key === undefined || key === 'missing' ? [] : [applied(key)]));
  const made = tree.releases?.get(nameOf(object)) ?? [];
  const wanted = made.flatMap((each) => needsOf(each, providers)).filter((name) => name !== released(nameOf(object)));
  const needs = [...new Set([...given, ...names.map(released), ...wanted])];
  return { needs, ...(blocked !== undefined && { blocked }) };
}

/** Definitions by `group/Kind` and namespaces by `Namespace name` → what has happened when they are there. */
type Providers = ReadonlyMap<string, string>;

function providersOf(tree: FluxTree): Providers {
  const providers = new Map<string, string>();
  const add = (object: TreeObject, happening: string): void => {
    if (object.kind === 'Namespace' && object.group === '') providers.set(`Namespace ${object.name}`, happening);
    if (object.kind !== 'CustomResourceDefinition') return;
    const group = valueAt(object.object, ['spec', 'group']);
    providers.set(`${String(group)}/${String(valueAt(object.object, ['spec', 'names', 'kind']))}`, happening);
  };
  for (const [key, made] of tree.releases ?? []) for (const object of made) add(object, released(key));
  for (const object of tree.objects) {
    const owner = tree.owners.get(objectKey(object));
    if (owner !== undefined) add(object, applied(owner));
  }
  return providers;
}

function needsOf({ group, kind, namespace }: TreeObject, providers: Providers): readonly string[] {
  return [`${group}/${kind}`, `Namespace ${namespace ?? ''}`].flatMap((need) => providers.get(need) ?? []);
}

/** The FluxKustomization that applies a source; undefined where the source applies itself with the root. */
function sourceOf(source: string, tree: FluxTree): string | 'missing' | undefined {
  const [kind = '', namespace = '', name = ''] = source.split('/');
  const key = objectKey({ group: sourceGroup, kind, namespace, name });
  return tree.byKey.has(key) ? tree.owners.get(key) : 'missing';
}

function nameOf({ namespace, name }: TreeObject): string {
  return `${namespace ?? ''}/${name}`;
}

function releaseId(key: string) {
  const [namespace, name = ''] = key.split('/');
  return { group: helmGroup, kind: 'HelmRelease', namespace, name };
}

function text(value: JsonValue | undefined, unsaid = ''): string {
  return typeof value === 'string' ? value : unsaid;
}
