import { posix, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  apply,
  awaitReady,
  bootstrap,
  fluxKustomizations,
  fluxSpec,
  gitAddresses,
  isFluxKustomization,
  kubectl,
  pushFleet,
  readTree,
  readyCondition,
  referenceAvailable,
  referenceCrds,
  type Stack,
  stackAvailable,
  startStack,
  stopStack,
  type Tree,
  tryKubectl,
} from '../src/index.ts';

const generated = resolve(import.meta.dirname, '../../../generated/hetzner-fsn1');

describe.skipIf(!stackAvailable() || !referenceAvailable())(
  'a tree on a real control plane (skipped without ../shared)',
  () => {
    let stack: Stack;
    let tree: Tree;

    beforeAll(async () => {
      stack = await startStack();
      tree = readTree(generated, gitAddresses(stack, readTree(generated)));
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
      expect(refusals).toEqual([]);
      expect(all.stdout.trim().split('\n').length).toBe(tree.objects.length);
      expect(tree.objects.length).toBeGreaterThan(50);
    });

    test('Flux takes the commit and applies the root', async () => {
      await pushFleet(stack, tree);
      await bootstrap(stack, tree);
      await awaitReady(stack, 'flux-system', 90);
      const names = (await fluxKustomizations(stack)).map((each) => each.metadata.name);
      const meant = tree.objects.filter(
        ({ path, object }) => path.startsWith('kustomizations/') && isFluxKustomization(object),
      );
      expect(names).toEqual(expect.arrayContaining(meant.map(({ object }) => object.metadata.name)));
    });

    test('every FluxKustomization that needs no chart becomes Ready', async () => {
      const names = withoutChart(tree);
      expect(names).toContain('gateway-api');
      for (const name of names) await awaitReady(stack, name, 120);
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

/** FluxKustomizations without a HelmRelease, and without one in anything they depend on or are applied by. */
function withoutChart(tree: Tree): readonly string[] {
  const kustomizations = tree.objects.filter(({ object }) => isFluxKustomization(object));
  const all = new Map(kustomizations.map((each) => [each.object.metadata.name, each]));
  const folders = tree.objects.flatMap(({ path, object }) =>
    object.kind === 'HelmRelease' ? [posix.dirname(path)] : [],
  );
  const applying = (folder: string): readonly string[] =>
    kustomizations.flatMap(({ object }) =>
      fluxSpec(object).path?.endsWith(`/${folder}`) ? [object.metadata.name] : [],
    );
  const withChart = (name: string): boolean => {
    const found = all.get(name);
    if (found === undefined || name === 'flux-system') return false;
    const { path = '', dependsOn = [] } = fluxSpec(found.object);
    const before = [...dependsOn.map((each) => each.name), ...applying(posix.dirname(found.path))];
    return folders.some((folder) => path.endsWith(`/${folder}`)) || before.some(withChart);
  };
  return [...all.keys()].filter((name) => !withChart(name));
}
