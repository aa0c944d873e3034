import { posix } from 'node:path';
import type { Api } from './api.ts';
import { pushCommit, pushRepository } from './gitea.ts';
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
  readonly dependsOn?: readonly { readonly name: string; readonly namespace?: string }[];
}

export const fluxSpec = (object: KubernetesObject): FluxSpec => (object.spec ?? {}) as FluxSpec;

/** True for a FluxKustomization; a KustomizationFile is none. */
export function isFluxKustomization(object: KubernetesObject): boolean {
  return object.kind === 'Kustomization' && object.apiVersion.startsWith('kustomize.toolkit.fluxcd.io/');
}

/** Pushes the tree as the fleet repository, and a stand-in for each upstream repository it names: same tag, its CRDs. */
export async function pushFleet(stack: Stack, tree: Tree): Promise<void> {
  await pushRepository(stack, 'flux-system', inRepository(tree));
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

/** Replaces the tree in the fleet repository by one commit, and has Flux look at once; returns the revision as Flux names it. */
export async function replaceFleet(stack: Stack, api: Api, tree: Tree): Promise<string> {
  const commit = await pushCommit(stack, 'flux-system', inRepository(tree));
  const annotations = { 'reconcile.fluxcd.io/requestedAt': commit };
  await api.patch('apis/source.toolkit.fluxcd.io/v1/namespaces/flux-system/gitrepositories/flux-system', {
    metadata: { annotations },
  });
  return `main@sha1:${commit}`;
}

/** Paths in the repository: the tree lies where the root's path says. */
function inRepository(tree: Tree): ReadonlyMap<string, string> {
  const root = tree.objects.find(({ object }) => isFluxKustomization(object) && object.metadata.name === 'flux-system');
  const base = posix.join(fluxSpec(root?.object as KubernetesObject).path ?? '', '..');
  return new Map([...tree.files].map(([path, text]) => [posix.join(base, path), text]));
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

/**
 * Waits until every FluxKustomization of a tree is Ready, those of the fleet at a revision where one is given, and there is no
 * other. Throws the names of those that are not in time.
 */
export async function awaitTree(api: Api, tree: Tree, { seconds, revision }: Patience): Promise<void> {
  const names = tree.objects.filter(({ object }) => isFluxKustomization(object)).map(({ object }) => keyOf(object));
  const unready = async (): Promise<readonly string[]> => {
    const { body } = await api.get(kustomizationsPath);
    const { items = [] } = body as { readonly items?: readonly KubernetesObject[] };
    const there = new Map(items.map((object) => [keyOf(object), object]));
    const others = [...there.keys()].filter((name) => !names.includes(name));
    const late = names.filter((name) => {
      const object = there.get(name);
      if (object === undefined || readyCondition(object)?.status !== 'True') return true;
      const isOfFleet = fluxSpec(object).sourceRef?.name === 'flux-system';
      return isOfFleet && revision !== undefined && object.status?.lastAppliedRevision !== revision;
    });
    return [...late, ...others];
  };
  await until(
    seconds,
    async () => ((await unready()).length === 0 ? true : undefined),
    async () => `not Ready, or not gone: ${(await unready()).join(', ')}`,
  );
}

interface Patience {
  readonly seconds: number;
  readonly revision?: string;
}

/** Where the API has all FluxKustomizations and all HelmReleases. */
export const kustomizationsPath = 'apis/kustomize.toolkit.fluxcd.io/v1/kustomizations';
export const releasesPath = 'apis/helm.toolkit.fluxcd.io/v2/helmreleases';

/** `namespace/name`. */
export function keyOf({ metadata: { namespace, name } }: KubernetesObject): string {
  return `${namespace}/${name}`;
}
