import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  awaitReady,
  bootstrap,
  fluxKustomizations,
  fluxSpec,
  gitAddresses,
  isFluxKustomization,
  kubectl,
  ociBase,
  playOperators,
  pushFleet,
  readTree,
  readyCondition,
  referenceAvailable,
  type Stack,
  serveCharts,
  stackAvailable,
  startStack,
  stopStack,
  type Tree,
} from '../src/index.ts';

const generated = resolve(import.meta.dirname, '../../../generated/hetzner-fsn1');

/** Every address of the outside becomes one of the stack: git repositories, chart repositories, OCI registries. */
function addresses(stack: Stack, tree: Tree): ReadonlyMap<string, string> {
  const urls = new Map(gitAddresses(stack, tree));
  for (const { object } of tree.objects) {
    const url = fluxSpec(object).url ?? '';
    if (object.kind === 'HelmRepository') urls.set(`url: ${url}`, `url: ${stack.charts.url}`);
    if (object.kind === 'OCIRepository') {
      urls.set(`url: ${url}`, `insecure: true\n  url: oci://${ociBase(stack)}/${url.split('/').at(-1)}`);
    }
  }
  return urls;
}

describe.skipIf(!stackAvailable() || !referenceAvailable())(
  'a cold start on a real control plane (skipped without ../shared)',
  () => {
    let stack: Stack;
    let tree: Tree;
    let stopOperators = async (): Promise<void> => {};

    beforeAll(async () => {
      stack = await startStack();
      const plain = readTree(generated);
      await serveCharts(stack, plain);
      tree = readTree(generated, addresses(stack, plain));
      await pushFleet(stack, tree);
      stopOperators = playOperators(stack, tree);
      await bootstrap(stack, tree);
    });

    afterAll(async () => {
      await stopOperators();
      await stopStack();
    });

    test('every FluxKustomization becomes Ready', async () => {
      const names = tree.objects
        .filter(({ object }) => isFluxKustomization(object))
        .map(({ object }) => object.metadata.name);
      expect(names.length).toBeGreaterThan(20);
      for (const name of names) await awaitReady(stack, name, 420);
    });

    test('none was Ready before what it depends on', async () => {
      const all = new Map((await fluxKustomizations(stack)).map((each) => [each.metadata.name, each]));
      const since = (name: string): string =>
        readyCondition(all.get(name) ?? fail(name))?.lastTransitionTime ?? fail(name);
      const early = [...all.values()].flatMap((each) =>
        (fluxSpec(each).dependsOn ?? []).flatMap((dependency) =>
          since(each.metadata.name) < since(dependency.name) ? [`${each.metadata.name} before ${dependency.name}`] : [],
        ),
      );
      expect(early).toEqual([]);
    });

    test('the cluster has every object of the tree', async () => {
      const missing: string[] = [];
      for (const { path, object } of tree.objects) {
        const [version, group = ''] = object.apiVersion.split('/').reverse();
        const scope = object.metadata.namespace === undefined ? [] : ['-n', object.metadata.namespace];
        const kind = group === '' ? object.kind : `${object.kind}.${version}.${group}`;
        await kubectl(stack, ['get', kind, object.metadata.name, ...scope, '-o', 'name']).catch(() =>
          missing.push(path),
        );
      }
      expect(missing).toEqual([]);
    });
  },
);

function fail(name: string): never {
  throw new Error(`no FluxKustomization ${name}`);
}
