import { type Line, openLine, releaseTrial, type TriedRelease } from '@fluxwright/compiler';
import { type Diagnostic, hasErrors } from '@fluxwright/diagnostics';
import {
  type ChartFactsSpec,
  type Component,
  type ComponentTest,
  definitionFactsFile,
  factsFile,
  loadComponentTests,
} from '@fluxwright/model';
import { factsText } from './facts-text.ts';
import { findDependences } from './find-dependences.ts';
import { openCase, openTrial } from './open-trial.ts';
import { type ChartDefinitions, recordDefinitionFacts } from './record-definitions.ts';

export interface RecordOptions {
  /** The workspace. */
  readonly root: string;
  /** Names of components; by default all of the workspace's own that have a chart. */
  readonly components?: readonly string[];
  /** Folder of packaged charts, from `root`. */
  readonly charts?: string;
  /** Called before each component. */
  readonly onStart?: (name: string) => void;
}

/** A file of facts, as it should be. */
export interface FactsFile {
  /** From the root. */
  readonly file: string;
  /** Absent where there should be none. */
  readonly text?: string;
}

/** The facts of a component, or why there are none. */
export interface RecordedComponent {
  readonly component: string;
  /** [] where nothing could be seen. */
  readonly files: readonly FactsFile[];
  /** What was found, in words. */
  readonly says: string;
  readonly diagnostics: readonly Diagnostic[];
}

export interface RecordResult {
  readonly recorded: readonly RecordedComponent[];
  readonly diagnostics: readonly Diagnostic[];
  readonly sources: ReadonlyMap<string, string>;
}

/**
 * Makes the facts of charts at hand: renders each component's release as a build does for its case `defaults`, or for the first that is expected
 * to compile, and tries what the objects depend on. Writes nothing.
 */
export async function recordFacts({ root, components, charts, onStart }: RecordOptions): Promise<RecordResult> {
  using line = openLine({ root, clusters: [], ...(charts !== undefined && { charts }) });
  const { workspace, diagnostics } = line;
  const recorded: RecordedComponent[] = [];
  const sources = new Map(workspace.sources);
  for (const name of components ?? ownCharts(line)) {
    const component = workspace.components.get(name);
    if (component === undefined || !hasFacts(component)) {
      const says = component === undefined ? 'no component that can be read' : 'it has no chart';
      recorded.push({ component: name, files: [], says, diagnostics: [] });
      continue;
    }
    onStart?.(name);
    const tests = loadComponentTests(workspace, component);
    for (const [file, text] of tests.value.sources) sources.set(file, text);
    const made = hasErrors(tests.diagnostics)
      ? { component: name, files: [], says: 'its tests cannot be read', diagnostics: tests.diagnostics }
      : await recordComponent(line, component, tests.value.tests);
    recorded.push(made);
  }
  return { recorded, diagnostics: diagnostics.filter(({ code }) => code !== 'load/no-clusters'), sources };
}

function ownCharts({ workspace }: Line): readonly string[] {
  return [...workspace.components.values()]
    .filter((each) => each.folder.startsWith('components/') && hasFacts(each))
    .map(({ name }) => name);
}

function hasFacts({ spec }: Component): boolean {
  return spec.helm !== undefined || spec.source !== undefined || spec.definitions !== undefined;
}

async function recordComponent(
  line: Line,
  component: Component,
  tests: readonly ComponentTest[],
): Promise<RecordedComponent> {
  const chart = component.spec.helm === undefined ? undefined : await recordChart(line, component, tests);
  const made = recordDefinitionFacts(line, component, chart?.definitions);
  const isSeen = chart?.file !== undefined || made.text !== undefined || component.spec.helm === undefined;
  const definitions: FactsFile = {
    file: `${component.folder}/${definitionFactsFile}`,
    ...(made.text === undefined ? {} : { text: made.text }),
  };
  return {
    component: component.name,
    files: isSeen ? [...(chart?.file === undefined ? [] : [chart.file]), definitions] : [],
    says: [...(chart === undefined ? [] : [chart.says]), ...made.says].join('; ') || 'every kind has a schema',
    diagnostics: chart?.diagnostics ?? [],
  };
}

/** What is known of a component's chart, or why nothing is. */
interface RecordedChart {
  readonly file?: FactsFile;
  readonly definitions?: ChartDefinitions;
  readonly says: string;
  readonly diagnostics: readonly Diagnostic[];
}

async function recordChart(line: Line, component: Component, tests: readonly ComponentTest[]): Promise<RecordedChart> {
  const opened = await openTrial(line, component, tests);
  if ('says' in opened) return opened;
  const { trial, test } = opened;
  const made = await trial.run(trial.given);
  if (made === undefined) return { says: 'its chart refuses the values of the case', diagnostics: [] };

  const others: TriedRelease[] = [];
  for (const each of opened.others) {
    const { release } = await openCase(line, component, each);
    const other = release && releaseTrial(release, line.context);
    if (other !== undefined) others.push(other.given);
  }
  const { depends, free } = await findDependences(trial, made.objects, others);
  const { chart: name = '', version = '', repository = '' } = component.spec.helm ?? {};
  const chart = { repository, name, version, digest: `sha256:${trial.chart.digest}` };
  const spec: ChartFactsSpec = {
    chart: { ...chart, ...(made.appVersion === undefined ? {} : { appVersion: made.appVersion }) },
    release: trial.release,
    case: test.name,
    kubernetes: trial.given.kubernetesVersion.split('.').slice(0, 2).join('.'),
    ...(made.lookups.length === 0 ? {} : { lookups: [...made.lookups] }),
    ...(depends.length === 0 ? {} : { depends: [...depends] }),
    ...(free.length === 0 ? {} : { free: [...free] }),
    objects: [...made.objects.values()] as unknown as ChartFactsSpec['objects'],
  };
  return {
    file: { file: `${component.folder}/${factsFile}`, text: factsText(component.name, spec) },
    definitions: { chart, definitions: made.definitions },
    says: `${made.objects.size} objects of ${name} ${version}, case "${test.name}"`,
    diagnostics: [],
  };
}
