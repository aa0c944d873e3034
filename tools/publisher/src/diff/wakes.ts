import { compareText, isObject, type JsonObject, wavesOf } from '@fluxwright/documents';
import type { TreeObject } from './read-objects.ts';
import type { Wake } from './tree-diff.ts';

interface FluxKustomization {
  readonly name: string;
  /** Folder it applies, from the cluster's folder. */
  readonly folder: string;
  readonly dependsOn: readonly string[];
}

/**
 * Which FluxKustomizations find changed files in their folder, and in which wave. The root lists others by
 * `../kustomizations`, so it owns that folder, too; otherwise the deepest folder owns a file.
 * `base` is the cluster's folder in the repository: paths of FluxKustomizations are from the repository's root.
 */
export function findWakes(objects: readonly TreeObject[], changed: readonly string[], base: string): readonly Wake[] {
  const all = objects.flatMap(({ id, object }) =>
    id.group === 'kustomize.toolkit.fluxcd.io' ? [readKustomization(id.name, object, base)] : [],
  );
  const needs = new Map(all.map(({ name, dependsOn }) => [name, dependsOn]));
  const waves = wavesOf(needs.keys(), (name) => needs.get(name) ?? []);
  const counts = new Map<string, number>();
  for (const path of changed) {
    const owner = ownerOf(path, all);
    if (owner !== undefined) counts.set(owner, (counts.get(owner) ?? 0) + 1);
  }
  return [...counts]
    .map(([fluxKustomization, files]) => ({ fluxKustomization, wave: (waves.get(fluxKustomization) ?? 0) + 1, files }))
    .sort((a, b) => a.wave - b.wave || compareText(a.fluxKustomization, b.fluxKustomization));
}

function readKustomization(name: string, object: JsonObject, base: string): FluxKustomization {
  const spec = isObject(object.spec) ? object.spec : {};
  const path = typeof spec.path === 'string' ? spec.path.replace(/^\.\//, '').replace(/\/$/, '') : '';
  const needs = Array.isArray(spec.dependsOn) ? spec.dependsOn : [];
  return {
    name,
    folder: path === base ? '' : path.startsWith(`${base}/`) ? path.slice(base.length + 1) : path,
    dependsOn: needs.flatMap((each) => (isObject(each) && typeof each.name === 'string' ? [each.name] : [])),
  };
}

function ownerOf(path: string, all: readonly FluxKustomization[]): string | undefined {
  const file = path.startsWith('kustomizations/') ? `flux-system/${path}` : path;
  const owners = all.filter(({ folder }) => folder === '' || file.startsWith(`${folder}/`));
  return owners.reduce<FluxKustomization | undefined>(
    (best, each) => (best === undefined || each.folder.length > best.folder.length ? each : best),
    undefined,
  )?.name;
}
