import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  apply,
  type KubernetesObject,
  kubectl,
  list,
  pushRepository,
  readTree,
  readyCondition,
  referenceAvailable,
  referenceCrds,
  repositoryUrl,
  type Stack,
  stackAvailable,
  startStack,
  stopStack,
  type Tree,
  tryKubectl,
  until,
} from '../src/index.ts';

const cluster = 'hetzner-fsn1';
const generated = resolve(import.meta.dirname, '../../../generated', cluster);
const gatewayCrds = 'gateway-api';

interface FluxSpec {
  readonly url?: string;
  readonly path?: string;
  readonly ref?: { readonly tag?: string };
  readonly sourceRef?: { readonly name: string };
  readonly dependsOn?: readonly { readonly name: string }[];
}

const spec = (object: KubernetesObject): FluxSpec => (object.spec ?? {}) as FluxSpec;
const isFluxKustomization = (object: KubernetesObject): boolean =>
  object.kind === 'Kustomization' && object.apiVersion.startsWith('kustomize.toolkit.fluxcd.io/');

describe.skipIf(!stackAvailable() || !referenceAvailable())(
  'a tree on a real control plane (skipped without ../shared)',
  () => {
    let stack: Stack;
    let tree: Tree;

    beforeAll(async () => {
      stack = await startStack();
      const plain = readTree(generated);
      const addresses = plain.objects
        .filter(({ object }) => object.kind === 'GitRepository')
        .map(({ object }) => [spec(object).url ?? '', repositoryUrl(stack, object.metadata.name)] as const);
      tree = readTree(generated, new Map(addresses));
    });

    afterAll(stopStack);

    test('the API server accepts every object', async () => {
      const components = [
        ...new Set([...tree.files.keys()].flatMap((path) => /^components\/([^/]+)\//.exec(path)?.[1] ?? [])),
      ];
      const crds = referenceCrds(components);
      await apply(stack, crds.join('\n---\n'));
      await kubectl(stack, ['wait', '--for=condition=Established', '--timeout=60s', 'crd', '--all']);
      const namespaces = tree.objects.filter(({ object }) => object.kind === 'Namespace');
      await apply(stack, namespaces.map(({ yaml }) => yaml).join('\n---\n'));
      const dryRun = [
        'apply',
        '--server-side',
        '--force-conflicts',
        '--dry-run=server',
        '--validate=strict',
        '-f',
        '-',
      ];
      const all = await tryKubectl(stack, dryRun, tree.objects.map(({ yaml }) => yaml).join('\n---\n'));
      const refusals: string[] = [];
      // Asked one by one only to name the file behind each refusal.
      for (const { path, yaml } of all.code === 0 ? [] : tree.objects) {
        const result = await tryKubectl(stack, dryRun, yaml);
        if (result.code !== 0) refusals.push(`${path}: ${result.stderr.trim()}`);
      }
      expect(all.stdout.trim().split('\n').length).toBe(tree.objects.length);
      expect(refusals).toEqual([]);
      expect(tree.objects.length).toBeGreaterThan(50);
    });

    test('Flux takes the commit and applies the root', async () => {
      await pushTree(stack, tree);
      await pushUpstreams(stack, tree);
      const bootstrap = tree.objects.filter(({ path }) => path.startsWith('flux-system/'));
      await kubectl(stack, [
        'create',
        'secret',
        'generic',
        'flux-system',
        '-n',
        'flux-system',
        `--from-literal=username=${stack.gitea.user}`,
        `--from-literal=password=${stack.gitea.token}`,
      ]);
      await apply(stack, bootstrap.map(({ yaml }) => yaml).join('\n---\n'));
      await ready(stack, 'flux-system', 90);
      const names = (await fluxKustomizations(stack)).map((each) => each.metadata.name);
      const meant = tree.objects
        .filter(({ object }) => isFluxKustomization(object))
        .map(({ object }) => object.metadata.name);
      expect(names).toEqual(expect.arrayContaining(meant.filter((name) => !nested(tree).has(name))));
    });

    test('every FluxKustomization that needs no chart becomes Ready', async () => {
      const names = withoutChart(tree);
      expect(names).toContain(gatewayCrds);
      for (const name of names) await ready(stack, name, 120);
    });

    test('the others wait for a dependency or a release, and for nothing else', async () => {
      const waiting = new Set(['DependencyNotReady', 'Progressing', 'ProgressingWithRetry', 'HealthCheckFailed']);
      const wrong = (await fluxKustomizations(stack)).flatMap((each) => {
        const condition = readyCondition(each);
        if (condition?.status === 'True' || waiting.has(condition?.reason ?? 'Progressing')) return [];
        return [`${each.metadata.name}: ${condition?.reason} ${condition?.message}`];
      });
      expect(wrong).toEqual([]);
    });
  },
);

/** Names of FluxKustomizations that lie in a component's folder, so that another FluxKustomization applies them. */
function nested(tree: Tree): Set<string> {
  const inComponents = tree.objects.filter(
    ({ path, object }) => path.startsWith('components/') && isFluxKustomization(object),
  );
  return new Set(inComponents.map(({ object }) => object.metadata.name));
}

/** FluxKustomizations without a HelmRelease, and without one in anything they depend on. */
function withoutChart(tree: Tree): readonly string[] {
  const all = new Map(
    tree.objects
      .filter(({ object }) => isFluxKustomization(object))
      .map(({ object }) => [object.metadata.name, object]),
  );
  const withChart = (name: string): boolean => {
    const object = all.get(name);
    if (object === undefined || name === 'flux-system') return false;
    const folder = `${join(spec(object).path ?? '')}/`;
    const own = tree.objects.some(
      ({ path, object: each }) =>
        each.kind === 'HelmRelease' && folder.endsWith(`/${path.split('/').slice(0, -1).join('/')}/`),
    );
    return own || (spec(object).dependsOn ?? []).some((each) => withChart(each.name));
  };
  return [...all.keys()].filter((name) => !withChart(name));
}

async function pushTree(stack: Stack, tree: Tree): Promise<void> {
  const root = tree.objects.find(({ object }) => isFluxKustomization(object) && object.metadata.name === 'flux-system');
  const base = join(spec(root?.object as KubernetesObject).path ?? '', '..');
  await pushRepository(stack, 'flux-system', new Map([...tree.files].map(([path, text]) => [join(base, path), text])));
}

/** For each other git repository the tree names: one of the same name and tag, with the CRDs it is named for. */
async function pushUpstreams(stack: Stack, tree: Tree): Promise<void> {
  for (const { path, object } of tree.objects) {
    if (object.kind !== 'GitRepository' || object.metadata.name === 'flux-system') continue;
    const component = path.split('/')[1] ?? '';
    const reader = tree.objects.find(
      (each) => isFluxKustomization(each.object) && spec(each.object).sourceRef?.name === object.metadata.name,
    );
    const folder = join(spec(reader?.object as KubernetesObject).path ?? '.');
    const files = referenceCrds([component]).map((text, index) => [`${folder}/crd-${index}.yaml`, text] as const);
    await pushRepository(stack, object.metadata.name, new Map(files), spec(object).ref?.tag);
  }
}

function fluxKustomizations(stack: Stack): Promise<readonly KubernetesObject[]> {
  return list(stack, 'kustomizations.kustomize.toolkit.fluxcd.io');
}

async function ready(stack: Stack, name: string, seconds: number): Promise<void> {
  const find = async (): Promise<KubernetesObject | undefined> =>
    (await fluxKustomizations(stack)).find((each) => each.metadata.name === name);
  await until(
    seconds,
    async () => {
      const object = await find();
      return object && readyCondition(object)?.status === 'True' ? object : undefined;
    },
    async () => `FluxKustomization ${name}: ${JSON.stringify((await find())?.status?.conditions)}`,
  );
}
