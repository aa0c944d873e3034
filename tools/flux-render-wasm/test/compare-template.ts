import { join } from 'node:path';
import { expect } from 'vitest';
import { type FileTree, RenderError, type Renderer, type TemplateResult } from '../src/index.ts';
import { withTree } from './disk-tree.ts';
import type { NativeTools, Ran } from './native-tools.ts';

/** How a chart is rendered. */
export interface Rendering {
  readonly values?: Readonly<Record<string, unknown>>;
  readonly apiVersions?: readonly string[];
  readonly release?: { readonly name: string; readonly namespace: string };
}

/** A chart on disk, and the files that it is made of. */
export interface ChartOnDisk {
  readonly folder: string;
  readonly files: FileTree;
}

/** Both sides of a comparison with `helm template`. */
export interface TemplateComparison {
  /** What the command says. */
  native(folder: string, rendering: Rendering): Promise<Ran>;
  /** Expects the same bytes, or the same refusal in the same words. Gives what the engine rendered, undefined where it refuses. */
  compare(chart: ChartOnDisk, rendering: Rendering): Promise<TemplateResult | undefined>;
}

/** One printed document: its `# Source:` and its text. */
type Printed = { readonly file: string; readonly text: string };

const kubernetesVersion = '1.36.2';
const usual = { name: 'demo', namespace: 'space' };

/** Compares with the command-line tool. The API versions that it assumes are told to the engine. */
export async function templateComparison(tools: NativeTools, renderer: Renderer): Promise<TemplateComparison> {
  const native = (folder: string, { values = {}, apiVersions = [], release = usual }: Rendering): Promise<Ran> =>
    withTree('values', { 'values.json': JSON.stringify(values) }, (scratch) =>
      tools.helm(
        ...['template', release.name, folder, '--namespace', release.namespace, '--include-crds'],
        ...['--kube-version', kubernetesVersion, '--values', join(scratch, 'values.json')],
        ...apiVersions.flatMap((version) => ['--api-versions', version]),
      ),
    );
  const assumed = await assumedApiVersions(native);
  return {
    native,
    async compare({ folder, files }, rendering) {
      const printed = await native(folder, rendering);
      const { values = {}, release = usual } = rendering;
      const apiVersions = [...assumed, ...(rendering.apiVersions ?? [])];
      const ours = await renderer
        .template({ chart: { files }, release, kubernetesVersion, apiVersions, values })
        .catch((error: unknown) => error);
      if (printed.error === undefined) {
        if (!isResult(ours)) throw ours;
        const view = (one: Printed): unknown => (ours.unrepeatable.length === 0 ? one : shape(one));
        expect(rendered(ours).map(view)).toEqual(readPrinted(printed.text).map(view));
        return ours;
      }
      expect(ours).toBeInstanceOf(RenderError);
      const [words = ''] = (ours as RenderError).fault.message.split('\n');
      expect(printed.error).toContain(words);
      return undefined;
    },
  };
}

async function assumedApiVersions(native: TemplateComparison['native']): Promise<string[]> {
  const files = {
    'Chart.yaml': 'apiVersion: v2\nname: x\nversion: 1.0.0\n',
    'templates/a.yaml': 'a: {{ .Capabilities.APIVersions | toJson }}',
  };
  const { text } = await withTree('x', files, (folder) => native(folder, {}));
  return JSON.parse(text.slice(text.indexOf('['))) as string[];
}

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

function isResult(value: unknown): value is TemplateResult {
  return !(value instanceof Error);
}
