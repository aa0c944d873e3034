import { afterAll, describe, expect, it } from 'vitest';
import { createRenderer } from '../src/index.ts';
import { catalogueChart, chartNames } from './catalogue-charts.ts';
import { catalogueTrees, type TreeObject } from './catalogue-trees.ts';
import { type TemplateComparison, templateComparison } from './compare-template.ts';
import { withTree } from './disk-tree.ts';
import { nativeTools, type Ran, withoutGo } from './native-tools.ts';

const tools = nativeTools();
const renderer = await createRenderer({ size: 2 });
afterAll(() => renderer.close());

const trees = catalogueTrees();
const { compare } = tools === undefined ? ({} as TemplateComparison) : await templateComparison(tools, renderer);

interface Release extends TreeObject {
  readonly spec: {
    readonly releaseName?: string;
    readonly chart?: { readonly spec: { readonly chart: string } };
    readonly values?: Readonly<Record<string, unknown>>;
  };
}

function releasesOf(chart: string): Release[] {
  const releases = trees.flatMap(({ objects }) => objects.filter(({ kind }) => kind === 'HelmRelease')) as Release[];
  return releases.filter(({ spec }) => spec.chart?.spec.chart === chart);
}

describe.skipIf(tools === undefined)(
  `the catalogue, on the engine and on the native tools${tools === undefined ? ` (${withoutGo})` : ''}`,
  () => {
    describe.each(trees)('of $cluster', ({ files, objects }) => {
      const paths = objects.filter(
        ({ apiVersion, kind, spec }) =>
          apiVersion.startsWith('kustomize.toolkit') && kind === 'Kustomization' && `${spec.path}` in folders(files),
      );

      it('has a path for each component', () => expect(paths.length).toBeGreaterThan(20));

      it('builds to the same bytes', () =>
        withTree('source', files, async (mount) => {
          for (const fluxKustomization of paths) {
            const path = String(fluxKustomization.spec.path);
            const native = (await tools?.flux(mount, path, JSON.stringify(fluxKustomization))) as Ran;
            expect(native.error, path).toBeUndefined();
            const ours = await renderer.build({ files, path, fluxKustomization: { ...fluxKustomization } });
            expect(ours.objects.map((object) => object.yaml).join('---\n'), path).toBe(native.text);
            expect(ours.objects.length, path).toBeGreaterThan(0);
          }
        }));
    });

    it.each(chartNames)("renders %s with each cluster's values to the same bytes", async (name) => {
      const files = catalogueChart(name);
      const releases = releasesOf(name);
      expect(releases).toHaveLength(trees.length);
      await withTree(name, files, async (folder) => {
        for (const { metadata, spec } of releases) {
          const release = { name: spec.releaseName ?? metadata.name, namespace: metadata.namespace ?? 'default' };
          const result = await compare({ folder, files }, { values: spec.values ?? {}, release });
          expect(result?.objects.length, `objects of ${name}`).toBeGreaterThan(3);
        }
      });
    });
  },
);

/** Every folder of a tree, as a Kustomization's path names it. */
function folders(files: Readonly<Record<string, unknown>>): Record<string, true> {
  return Object.fromEntries(Object.keys(files).map((path) => [`./${path.slice(0, path.lastIndexOf('/'))}`, true]));
}
