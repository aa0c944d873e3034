import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { ComponentTestResult, ComponentTestRun } from '@fluxwright/component-test';
import { formatDiagnostics, sortDiagnostics } from '@fluxwright/diagnostics';
import type { ExecutorContext } from '@nx/devkit';
import type { CompileTask, Outcome } from './compile-projects.ts';
import { loadCompiler } from './load-compiler.ts';
import { skipsCache } from './nx-cache.ts';

/**
 * Runs the tests of the components of some projects in this process, and writes a report of each to
 * reports/<project>.json. Each task has an outcome of its own, in the order of the tasks.
 */
export async function testProjects(
  tasks: readonly CompileTask[],
  context: ExecutorContext,
): Promise<readonly Outcome[]> {
  const components = tasks.map(({ project }) => componentOfProject(context, project));
  const { verdictFolder } = await loadCompiler();
  const { testComponents, testReport } = await import('@fluxwright/component-test');
  const run = await testComponents({ root: context.root, components, cache: verdictFolder, look: !skipsCache() });
  mkdirSync(join(context.root, 'reports'), { recursive: true });
  return tasks.map(({ project, format }, index) => {
    const result = run.results[index];
    if (result === undefined) throw new Error(`the project "${project}" has no result`);
    const report = testReport(result);
    writeFileSync(join(context.root, 'reports', `${project}.json`), `${JSON.stringify(report, null, 2)}\n`);
    const summary = `${project}: ${report.numPassedTests} of ${report.numTotalTests} tests passed${result.looked ? ', nothing changed' : ''}\n`;
    const failed = testsOf(result).map((title) => `  failed: ${title}\n`);
    return {
      success: report.success,
      summary: `${summary}${failed.join('')}`,
      findings: formatDiagnostics(findingsOf(run, result), format, { sources: run.sources }),
    };
  });
}

function componentOfProject(context: ExecutorContext, project: string): string {
  const folder = context.projectsConfigurations.projects[project]?.root;
  if (folder === undefined) throw new Error(`Nx gave no folder of the project "${project}"`);
  return basename(folder);
}

function testsOf({ outcomes }: ComponentTestResult): readonly string[] {
  return outcomes.filter(({ failures }) => failures.length > 0).map(({ title }) => title);
}

/** What failed and, since one of them may be why, what cannot be read; of what passes, the warnings about its files and facts. */
function findingsOf({ diagnostics }: ComponentTestRun, { component, outcomes, warnings }: ComponentTestResult) {
  const failures = outcomes.flatMap((each) => each.failures);
  const own = (file = '') => file.startsWith(`components/${component}/`);
  const related = diagnostics.filter(
    ({ primary, severity }) => own(primary?.file) || (failures.length > 0 && severity === 'error'),
  );
  return sortDiagnostics([...related.filter((each) => !failures.includes(each)), ...failures, ...warnings]);
}
