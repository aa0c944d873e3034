import { resolve } from 'node:path';
import { defaultCharts, openLine } from '@fluxwright/compiler';
import { type Diagnostic, diagnostic, sortDiagnostics } from '@fluxwright/diagnostics';
import type { Workspace } from '@fluxwright/model';
import { type ComponentTestResult, testComponent } from './test-component.ts';
import { openTestLooks } from './test-looks.ts';

export interface ComponentTestOptions {
  /** The workspace. */
  readonly root: string;
  /** Names of the components to test; by default all of the workspace's own. */
  readonly components?: readonly string[];
  /** Folder of what was found good, from `root`, as `compile` has it. */
  readonly cache?: string;
  /** False runs also the tests that nothing has changed for. True by default. */
  readonly look?: boolean;
}

export interface ComponentTestRun {
  /** In the order asked for. */
  readonly results: readonly ComponentTestResult[];
  /** What is wrong with the files of the workspace: a test may fail for a component that cannot be read. */
  readonly diagnostics: readonly Diagnostic[];
  /** Text of every file that was read, by its path from the root. */
  readonly sources: ReadonlyMap<string, string>;
}

/**
 * Runs the tests of components in this process: the catalogue is read once, and each engine starts at most once. With a
 * cache, tests that passed and whose inputs are the same are not run again.
 */
export async function testComponents({
  root,
  components,
  cache,
  look = true,
}: ComponentTestOptions): Promise<ComponentTestRun> {
  using line = openLine({ root, clusters: [], ...(cache !== undefined && { cache }) });
  const { workspace, diagnostics, context } = line;
  const names = components ?? ownNames(workspace);
  const looks =
    cache === undefined || !look
      ? undefined
      : openTestLooks(workspace, { folder: resolve(root, cache), charts: defaultCharts });
  const results: ComponentTestResult[] = [];
  for (const name of names) {
    const component = workspace.components.get(name);
    if (component === undefined) {
      results.push(unreadable(name, diagnostics));
      continue;
    }
    const known = looks?.look(component);
    const result: ComponentTestResult =
      known === undefined
        ? await testComponent(workspace, component, context)
        : { component: name, outcomes: known, warnings: [], looked: true, sources: new Map() };
    const isGood = result.warnings.length === 0 && result.outcomes.every(({ failures }) => failures.length === 0);
    if (known === undefined && isGood) looks?.keep(component, result.outcomes);
    results.push(result);
  }
  return {
    results,
    diagnostics: sortDiagnostics(diagnostics.filter(({ code }) => code !== 'load/no-clusters')),
    sources: new Map([...workspace.sources, ...results.flatMap((each) => [...each.sources])]),
  };
}

/** Names of the workspace's own components, those that cannot be read included. */
function ownNames({ components, broken }: Workspace): readonly string[] {
  const own = [...components.values()].filter(({ folder }) => folder.startsWith('components/')).map(({ name }) => name);
  const unread = [...broken]
    .filter((each) => each.startsWith('components/'))
    .map((each) => each.slice('components/'.length));
  return [...own, ...unread].sort();
}

function unreadable(name: string, found: readonly Diagnostic[]): ComponentTestResult {
  const folder = `components/${name}`;
  const own = found.filter(({ primary }) => primary?.file.startsWith(`${folder}/`));
  const unknown = diagnostic('resolve/unknown-component', {
    message: `there is no component "${name}" to test`,
    note: `no folder ${folder} that can be read`,
  });
  const failures = own.length > 0 ? own : [unknown];
  return {
    component: name,
    outcomes: [{ title: 'the component can be read', failures }],
    warnings: [],
    sources: new Map(),
  };
}
