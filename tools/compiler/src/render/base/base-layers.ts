import { posix } from 'node:path';
import type { NodePosition } from '@fluxwright/documents';
import { isObject, type JsonObject } from '@fluxwright/documents';
import type { ComponentFile } from '@fluxwright/model';
import type { RenderCache } from '../render-cache.ts';

/** The files of a base by their path from its folder. */
export type BaseFiles = ReadonlyMap<string, ComponentFile>;

/** A kustomization file that has a say about an object, as it was read. */
export interface BaseLayer {
  readonly file: ComponentFile;
  /** That it stands in, from the base's. */
  readonly folder: string;
  readonly value: JsonObject;
  readonly position: NodePosition;
}

/** Names of a kustomization file (https://kubectl.docs.kubernetes.io/references/kustomize/glossary/#kustomization-root). */
export const kustomizationNames = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];

/** The kustomization file of a folder. */
export function kustomizationIn(folder: string, files: BaseFiles): ComponentFile | undefined {
  return kustomizationNames.map((name) => files.get(posix.join(folder, name))).find((file) => file !== undefined);
}

/**
 * The kustomization files through which the objects of the file at `path` go, the one that is applied last first: those that list
 * it, directly or by folders, and the components (`kind: Component`) beside it.
 */
export function layersOver(path: string, files: BaseFiles, cache: RenderCache): readonly BaseLayer[] {
  const seen = new Set<string>();
  const visit = (folder: string): { readonly layers: readonly BaseLayer[]; readonly holds: boolean } => {
    const file = seen.has(folder) ? undefined : kustomizationIn(folder, files);
    seen.add(folder);
    const document = file && cache.readYaml(file.text, 'kustomize').documents[0];
    if (file === undefined || document === undefined || !isObject(document.value)) return { layers: [], holds: false };
    const { value, position } = document;
    const own = { file, folder, value, position };
    const below = ['resources', 'bases', 'components'].flatMap((field) =>
      texts(value[field]).map((entry) => {
        const place = posix.join(folder, entry).replace(/\/$/, '');
        return place === path ? { layers: [], holds: true } : visit(place);
      }),
    );
    const isComponent = value.kind === 'Component';
    const holds = file.path === path || below.some((each) => each.holds);
    const kept = below.filter((each) => each.holds || isComponentsOwn(each.layers));
    return { layers: holds || isComponent ? [own, ...kept.toReversed().flatMap(({ layers }) => layers)] : [], holds };
  };
  return visit('').layers;
}

function isComponentsOwn([first]: readonly BaseLayer[]): boolean {
  return first?.value.kind === 'Component';
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}
