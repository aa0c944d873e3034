import type { Files } from './publish-once.ts';

/** A component of a sample tree: what its folder holds, by file name, and fields of its FluxKustomization. */
export interface SampleComponent {
  readonly objects: Files;
  /** Fields of the spec besides path, in YAML's flow style. */
  readonly spec?: string;
}

/** The files of a small tree as Flux reads it, in the folder `clusters/<cluster>`; no record. */
export function fluxFiles(components: Readonly<Record<string, SampleComponent>>, cluster = 'one'): Files {
  const names = Object.keys(components);
  const files: Record<string, string> = {
    'flux-system/kustomization.yaml': list([
      'kustomization-flux-system.yaml',
      ...names.map((name) => `../kustomizations/${name}.yaml`),
    ]),
    'flux-system/kustomization-flux-system.yaml': fluxKustomization('flux-system', `./clusters/${cluster}/flux-system`),
  };
  for (const [name, { objects, spec }] of Object.entries(components)) {
    const folder = `components/${name}/install`;
    files[`kustomizations/${name}.yaml`] = fluxKustomization(name, `./clusters/${cluster}/${folder}`, spec);
    files[`${folder}/kustomization.yaml`] = list(Object.keys(objects));
    for (const [file, text] of Object.entries(objects)) files[`${folder}/${file}`] = text;
  }
  return files;
}

function list(resources: readonly string[]): string {
  return `apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:\n${resources.map((each) => `  - ${each}\n`).join('')}`;
}

function fluxKustomization(name: string, path: string, spec = 'prune: true'): string {
  return `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: ${name}, namespace: flux-system}
spec: {path: ${path}, ${spec}, interval: 10m, sourceRef: {kind: GitRepository, name: flux-system}}
`;
}

/** A claim: data goes with it. */
export function claim(name: string, storage = '1Gi'): string {
  return `apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: ${name}
  namespace: shop
spec:
  resources: {requests: {storage: ${storage}}}
`;
}
