import type { ExecutorContext, TaskGraph } from '@nx/devkit';
import type { CompileOptions } from '../compile-projects.ts';
import { runBatch, runTask } from '../run-tasks.ts';
import { testProjects } from '../test-projects.ts';

/** Runs the test cases of a component; fails where one does not hold. */
export function testExecutor(options: CompileOptions, context: ExecutorContext) {
  return runTask(options, context, testProjects);
}

/** The same for all components of a run, in one process; each task has its own result. */
export function testBatch(
  taskGraph: TaskGraph,
  options: Readonly<Record<string, CompileOptions>>,
  _overrides: CompileOptions,
  context: ExecutorContext,
) {
  return runBatch(taskGraph, options, { context, work: testProjects });
}
