import type { ExecutorContext, TaskGraph } from '@nx/devkit';
import { type CompileOptions, compileBatch, compileTask } from '../compile-tasks.ts';

/** Compiles a cluster into generated/<cluster>; fails where it has an error. */
export async function buildExecutor(options: CompileOptions, context: ExecutorContext) {
  return compileTask(options, context, true);
}

/** The same for all clusters of a run, in one process; each task has its own result. */
export async function buildBatch(
  taskGraph: TaskGraph,
  options: Readonly<Record<string, CompileOptions>>,
  _overrides: CompileOptions,
  context: ExecutorContext,
) {
  return compileBatch(taskGraph, options, { context, write: true });
}
