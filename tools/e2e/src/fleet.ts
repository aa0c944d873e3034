import { posix } from 'node:path';
import { pushRepository, repositoryUrl } from './gitea.ts';
import { apply, type KubernetesObject, kubectl, list, readyCondition } from './kubectl.ts';
import { referenceCrds } from './reference-crds.ts';
import type { Stack } from './stack.ts';
import type { Tree } from './tree.ts';
import { until } from './until.ts';

/** The parts of Flux' specs that the tests read. */
export interface FluxSpec {
  readonly url?: string;
  readonly path?: string;
  readonly ref?: { readonly tag?: string };
  readonly sourceRef?: { readonly name: string };
  readonly dependsOn?: readonly { readonly name: string }[];
}

export const fluxSpec = (object: KubernetesObject): FluxSpec => (object.spec ?? {}) as FluxSpec;

/** True for a FluxKustomization; a KustomizationFile is none. */
export function isFluxKustomization(object: KubernetesObject): boolean {
  return object.kind === 'Kustomization' && object.apiVersion.startsWith('kustomize.toolkit.fluxcd.io/');
}

/** For each git address in a tree, the address of the repository of that name in the stack's Gitea. */
export function gitAddresses(stack: Stack, tree: Tree): ReadonlyMap<string, string> {
  const repositories = tree.objects.filter(({ object }) => object.kind === 'GitRepository');
  return new Map(
    repositories.map(({ object }) => [fluxSpec(object).url ?? '', repositoryUrl(stack, object.metadata.name)]),
  );
}

/** Pushes the tree as the fleet repository, and a stand-in for each upstream repository it names: same tag, its CRDs. */
export async function pushFleet(stack: Stack, tree: Tree): Promise<void> {
  const root = tree.objects.find(({ object }) => isFluxKustomization(object) && object.metadata.name === 'flux-system');
  const base = posix.join(fluxSpec(root?.object as KubernetesObject).path ?? '', '..');
  await pushRepository(
    stack,
    'flux-system',
    new Map([...tree.files].map(([path, text]) => [posix.join(base, path), text])),
  );
  for (const { path, object } of tree.objects) {
    if (object.kind !== 'GitRepository' || object.metadata.name === 'flux-system') continue;
    const reader = tree.objects.find(
      (each) => isFluxKustomization(each.object) && fluxSpec(each.object).sourceRef?.name === object.metadata.name,
    );
    const folder = posix.join(fluxSpec(reader?.object as KubernetesObject).path ?? '.');
    const crds = referenceCrds([path.split('/')[1] ?? '']);
    const files = new Map(crds.map((text, index) => [`${folder}/crd-${index}.yaml`, text]));
    await pushRepository(stack, object.metadata.name, files, fluxSpec(object).ref?.tag);
  }
}

/** Applies what a bootstrap applies: the credentials of the fleet repository, its GitRepository and the root. */
export async function bootstrap(stack: Stack, tree: Tree): Promise<void> {
  const { user, token } = stack.gitea;
  const literals = [`--from-literal=username=${user}`, `--from-literal=password=${token}`];
  await kubectl(stack, ['create', 'secret', 'generic', 'flux-system', '-n', 'flux-system', ...literals]);
  const objects = tree.objects.filter(({ path }) => path.startsWith('flux-system/'));
  await apply(stack, objects.map(({ yaml }) => yaml).join('\n---\n'));
}

/** Every FluxKustomization the server has. */
export function fluxKustomizations(stack: Stack): Promise<readonly KubernetesObject[]> {
  return list(stack, 'kustomizations.kustomize.toolkit.fluxcd.io');
}

/** Waits until a FluxKustomization is Ready; throws its conditions when it is not in time. */
export async function awaitReady(stack: Stack, name: string, seconds: number): Promise<KubernetesObject> {
  const find = async (): Promise<KubernetesObject | undefined> =>
    (await fluxKustomizations(stack)).find((each) => each.metadata.name === name);
  return until(
    seconds,
    async () => {
      const object = await find();
      return object && readyCondition(object)?.status === 'True' ? object : undefined;
    },
    async () => `FluxKustomization ${name}: ${JSON.stringify((await find())?.status?.conditions)}`,
  );
}
