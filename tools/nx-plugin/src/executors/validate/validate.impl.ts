import type { ExecutorContext, TaskGraph } from '@nx/devkit';
import { type CompileOptions, compileBatch, compileTask } from '../compile-tasks.ts';

/** Compiles a cluster in memory and reports every finding; fails where it has an error. */
export async function validateExecutor(options: CompileOptions, context: ExecutorContext) {
  return compileTask(options, context, false);
}

/** The same for all clusters of a run, in one process; each task has its own result. */
export async function validateBatch(
  taskGraph: TaskGraph,
  options: Readonly<Record<string, CompileOptions>>,
  _overrides: CompileOptions,
  context: ExecutorContext,
) {
  return compileBatch(taskGraph, options, { context, write: false });
}
