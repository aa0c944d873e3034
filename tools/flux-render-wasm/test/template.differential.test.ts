import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createRenderer } from '../src/index.ts';
import { chartCases, refusedCharts } from './awkward-charts.ts';
import { type TemplateComparison, templateComparison } from './compare-template.ts';
import { readTree, withTree } from './disk-tree.ts';
import { nativeTools, withoutGo } from './native-tools.ts';

const tools = nativeTools();
const renderer = await createRenderer({ size: 2 });
afterAll(() => renderer.close());

const { native, compare } =
  tools === undefined ? ({} as TemplateComparison) : await templateComparison(tools, renderer);

describe.skipIf(tools === undefined)(
  `the engine against helm template${tools === undefined ? ` (${withoutGo})` : ''}`,
  () => {
    it.each(chartCases)('gives the same bytes for $title', ({ files, ...rendering }) =>
      withTree('chart', files, async (folder) => {
        await compare({ folder, files }, rendering);
      }),
    );

    it.each(refusedCharts)('refuses what helm refuses, in its words: $title', ({ files, ...rendering }) =>
      withTree('chart', files, async (folder) => {
        expect((await native(folder, rendering)).error).toBeDefined();
        // The engine keeps what it compiled of a schema: the second time is another way.
        for (let time = 0; time < 2; time++) await compare({ folder, files }, rendering);
      }),
    );

    const folders = tools === undefined ? [] : ownCharts(tools.helmSource);
    it.each(folders)("gives the same for Helm's test chart %s", async (_, folder) => {
      await compare({ folder, files: readTree(folder) }, {});
    });

    const more = (process.env.FLUXWRIGHT_CHARTS ?? '').split(':').filter((folder) => folder !== '');
    it.each(more)('gives the same for the chart of $FLUXWRIGHT_CHARTS in %s', async (folder) => {
      await compare({ folder, files: readTree(folder) }, {});
    });
  },
);

function ownCharts(helmSource: string): [string, string][] {
  return ['pkg/cmd/testdata/testcharts', 'pkg/chart/v2/util/testdata', 'pkg/action/testdata/charts'].flatMap((group) =>
    readdirSync(join(helmSource, group))
      .filter((name) => existsSync(join(helmSource, group, name, 'Chart.yaml')))
      .map((name): [string, string] => [`${group}/${name}`, join(helmSource, group, name)]),
  );
}
