import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createRenderer, RenderError, type TemplateOptions, type TemplateResult } from '../src/index.ts';
import { type ChartCase, chartCases, refusedCharts } from './awkward-charts.ts';
import { readTree, withTree } from './disk-tree.ts';
import { nativeTools, type Ran, withoutGo } from './native-tools.ts';

const tools = nativeTools();
const renderer = await createRenderer({ size: 2 });
afterAll(() => renderer.close());

const kubernetesVersion = '1.36.2';
const release = { name: 'demo', namespace: 'space' };

/** One printed document: its `# Source:` and its text. */
type Printed = { readonly file: string; readonly text: string };

/** What `helm template` prints, without documents of comments only. */
function readPrinted(stdout: string): Printed[] {
  const printed: Printed[] = [];
  let file = '';
  for (const part of stdout.split(/^---[ \t]*/m)) {
    const source = /^\n?# Source: (.*)\n/.exec(part);
    file = source?.[1] ?? file;
    const text = part.slice(source?.[0].length ?? 0).trim();
    if (text.split('\n').some((line) => line.trim() !== '' && !line.trimStart().startsWith('#')))
      printed.push({ file, text });
  }
  return printed;
}

function rendered(result: TemplateResult): Printed[] {
  return [...result.crds, ...result.objects, ...result.hooks].flatMap(({ file = '', yaml }) =>
    yaml.split(/^---[ \t]*/m).map((text) => ({ file, text: text.trim() })),
  );
}

/** What stays the same of a document in which random text was written. */
function shape({ file, text }: Printed): { file: string; keys: string[] } {
  return { file, keys: text.split('\n').map((line) => line.split(':', 1)[0] ?? '') };
}

async function helm(
  folder: string,
  { values = {}, apiVersions = [] }: Pick<ChartCase, 'values' | 'apiVersions'>,
): Promise<Ran> {
  if (tools === undefined) throw new Error(withoutGo);
  return withTree('values', { 'values.json': JSON.stringify(values) }, (scratch) =>
    tools.helm(
      ...['template', release.name, folder, '--namespace', release.namespace, '--include-crds'],
      ...['--kube-version', kubernetesVersion, '--values', join(scratch, 'values.json')],
      ...apiVersions.flatMap((version) => ['--api-versions', version]),
    ),
  );
}

/** The API versions that the command-line tool assumes; the engine has to be told. */
async function assumedApiVersions(): Promise<string[]> {
  const files = {
    'Chart.yaml': 'apiVersion: v2\nname: x\nversion: 1.0.0\n',
    'templates/a.yaml': 'a: {{ .Capabilities.APIVersions | toJson }}',
  };
  const { text } = await withTree('x', files, (folder) => helm(folder, {}));
  return JSON.parse(text.slice(text.indexOf('['))) as string[];
}

const assumed = tools === undefined ? [] : await assumedApiVersions();

async function compare(
  folder: string,
  chart: TemplateOptions['chart'],
  one: Pick<ChartCase, 'values' | 'apiVersions'>,
): Promise<void> {
  const native = await helm(folder, one);
  const apiVersions = [...assumed, ...(one.apiVersions ?? [])];
  const ours = await renderer
    .template({ chart, release, kubernetesVersion, apiVersions, values: one.values ?? {} })
    .catch((error: unknown) => error);
  if (native.error === undefined) {
    if (!isResult(ours)) throw ours;
    const view = (one: Printed): unknown => (ours.unrepeatable.length === 0 ? one : shape(one));
    expect(rendered(ours).map(view)).toEqual(readPrinted(native.text).map(view));
  } else {
    expect(ours).toBeInstanceOf(RenderError);
    const [words = ''] = (ours as RenderError).fault.message.split('\n');
    expect(native.error).toContain(words);
  }
}

function isResult(value: unknown): value is TemplateResult {
  return !(value instanceof Error);
}

describe.skipIf(tools === undefined)(
  `the engine against helm template${tools === undefined ? ` (${withoutGo})` : ''}`,
  () => {
    it.each(chartCases)('gives the same bytes for $title', (one) =>
      withTree('chart', one.files, (folder) => compare(folder, { files: one.files }, one)),
    );

    it.each(refusedCharts)('refuses what helm refuses, in its words: $title', (one) =>
      withTree('chart', one.files, async (folder) => {
        expect((await helm(folder, one)).error).toBeDefined();
        await compare(folder, { files: one.files }, one);
      }),
    );

    const folders = tools === undefined ? [] : ownCharts(tools.helmSource);
    it.each(folders)("gives the same for Helm's test chart %s", (_, folder) =>
      compare(folder, { files: readTree(folder) }, {}),
    );

    const more = (process.env.FLUXWRIGHT_CHARTS ?? '').split(':').filter((folder) => folder !== '');
    it.each(more)('gives the same for the chart of $FLUXWRIGHT_CHARTS in %s', (folder) =>
      compare(folder, { files: readTree(folder) }, {}),
    );
  },
);

function ownCharts(helmSource: string): [string, string][] {
  return ['pkg/cmd/testdata/testcharts', 'pkg/chart/v2/util/testdata', 'pkg/action/testdata/charts'].flatMap((group) =>
    readdirSync(join(helmSource, group))
      .filter((name) => existsSync(join(helmSource, group, name, 'Chart.yaml')))
      .map((name): [string, string] => [`${group}/${name}`, join(helmSource, group, name)]),
  );
}
