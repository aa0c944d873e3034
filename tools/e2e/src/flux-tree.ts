import { stringify } from 'yaml';
import type { RepositoryFiles } from './gitea.ts';

/** A folder of a repository and the FluxKustomization that applies it. */
export interface FluxFolder {
  /** Of the FluxKustomization, and of the folder where `spec` says no other. */
  readonly name: string;
  /** What the FluxKustomization says beside its source, path and interval. */
  readonly spec?: Readonly<Record<string, unknown>>;
  /** Objects of the folder, by the names of their files; a text is written as it is. */
  readonly files: Readonly<Record<string, object | string>>;
}

/**
 * The files of a repository as a person would write them: each folder with a kustomization file that lists its objects
 * (unless it brings one), and its FluxKustomization in `flux/`. Nothing is tried again and nothing is looked at before
 * somebody asks: the intervals are an hour.
 */
export function fluxTree(folders: readonly FluxFolder[]): RepositoryFiles {
  const files = folders.flatMap(({ name, files }) => {
    const list = {
      apiVersion: 'kustomize.config.k8s.io/v1beta1',
      kind: 'Kustomization',
      resources: Object.keys(files),
    };
    return Object.entries({ 'kustomization.yaml': list, ...files }).map(
      ([file, content]) => [`${name}/${file}`, text(content)] as const,
    );
  });
  const appliers = folders
    .filter(({ spec }) => spec !== undefined)
    .map((folder) => [`flux/${folder.name}.yaml`, text(applier(folder))] as const);
  return new Map([...files, ...appliers]);
}

function applier({ name, spec }: FluxFolder): object {
  return {
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    kind: 'Kustomization',
    metadata: { name, namespace: 'flux-system' },
    spec: {
      interval: '1h',
      prune: true,
      path: `./${name}`,
      sourceRef: { kind: 'GitRepository', name: 'fleet' },
      ...spec,
    },
  };
}

function text(content: object | string): string {
  return typeof content === 'string' ? content : stringify(content);
}
