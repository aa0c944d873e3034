import type { LineContext } from '@fluxwright/compiler';
import type { Diagnostic } from '@fluxwright/diagnostics';
import { diagnostic, hasErrors } from '@fluxwright/diagnostics';
import { type Component, checkComponent, loadComponentTests, type Workspace } from '@fluxwright/model';
import { driftedFacts } from './facts/drifted-facts.ts';
import { runCase } from './run-case.ts';
import { checkWiring } from './wiring/check-wiring.ts';

/** One thing that was tested. */
export interface TestOutcome {
  /** What it is, for people: a case by its description. */
  readonly title: string;
  /** What is wrong; [] where it passes. */
  readonly failures: readonly Diagnostic[];
}

/** What came of a component's tests. */
export interface ComponentTestResult {
  readonly component: string;
  readonly outcomes: readonly TestOutcome[];
  /** What nobody fails for: facts of its chart that are of other values. */
  readonly warnings: readonly Diagnostic[];
  /** True where they passed before and nothing has changed since: they were not run again. */
  readonly looked?: boolean;
  /** Text of the files of its tests, by path: printers show lines of it. */
  readonly sources: ReadonlyMap<string, string>;
}

/**
 * Tests a component: its schema is closed, described and kept by its defaults; each case of tests/ holds; each key of the
 * schema does something in one of them. A component without a case fails.
 */
export async function testComponent(
  workspace: Workspace,
  component: Component,
  context: LineContext,
): Promise<ComponentTestResult> {
  const { value, diagnostics } = loadComponentTests(workspace, component);
  const schema = checkComponent(component);
  const results = [];
  for (const test of value.tests) results.push(await runCase(workspace, { component, test }, context));
  const clusters = results.flatMap(({ rendered, failures }) =>
    rendered === undefined || hasErrors(failures.filter(isOfCompiler)) ? [] : [rendered.cluster],
  );
  // Where cases are missing or do not compile, a key that looks dead may not be.
  const complete = clusters.length > 0 && !hasErrors(diagnostics) && !hasErrors(schema);
  const outcomes = [
    { title: 'values.schema.json is closed, described and kept by values.yaml', failures: schema },
    ...unreadable(diagnostics),
    ...(value.tests.length === 0 && diagnostics.length === 0 ? [noCase(component)] : []),
    ...results.map(({ test, failures }) => ({ title: `${test.name}: ${test.spec.description}`, failures })),
    ...(complete
      ? [{ title: 'every value does something', failures: checkWiring({ component, clusters, cache: context.cache }) }]
      : []),
  ];
  return { component: component.name, outcomes, warnings: driftedFacts(component, results), sources: value.sources };
}

function isOfCompiler({ code }: Diagnostic): boolean {
  return !code.startsWith('test/');
}

function unreadable(diagnostics: readonly Diagnostic[]): readonly TestOutcome[] {
  return diagnostics.length === 0 ? [] : [{ title: 'tests/ can be read', failures: diagnostics }];
}

function noCase({ name, folder, manifest }: Component): TestOutcome {
  const finding = diagnostic('test/no-case', {
    message: `component "${name}" has no test case`,
    primary: manifest.locate(['metadata', 'name']),
    note: `nothing in ${folder}/tests`,
    help: `write ${folder}/tests/defaults.yaml; docs/component-tests.md shows one`,
  });
  return { title: 'the component has a test case', failures: [finding] };
}
