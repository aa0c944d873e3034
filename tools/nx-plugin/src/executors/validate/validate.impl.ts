import type { ExecutorContext, TaskGraph } from '@nx/devkit';
import type { CompileOptions } from '../compile-projects.ts';
import { runBatch, runTask } from '../run-compile.ts';

/** Compiles a cluster in memory and reports every finding; fails where it has an error. */
export function validateExecutor(options: CompileOptions, context: ExecutorContext) {
  return runTask(options, context, false);
}

/** The same for all clusters of a run, in one process; each task has its own result. */
export function validateBatch(
  taskGraph: TaskGraph,
  options: Readonly<Record<string, CompileOptions>>,
  _overrides: CompileOptions,
  context: ExecutorContext,
) {
  return runBatch(taskGraph, options, { context, write: false });
}
