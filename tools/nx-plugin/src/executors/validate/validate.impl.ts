import type { ExecutorContext, TaskGraph } from '@nx/devkit';
import { type CompileOptions, compileProjects } from '../compile-projects.ts';
import { runBatch, runTask, type WorkOnProjects } from '../run-tasks.ts';

/** Compiles a cluster in memory and reports every finding; fails where it has an error. */
export function validateExecutor(options: CompileOptions, context: ExecutorContext) {
  return runTask(options, context, work);
}

/** The same for all clusters of a run, in one process; each task has its own result. */
export function validateBatch(
  taskGraph: TaskGraph,
  options: Readonly<Record<string, CompileOptions>>,
  _overrides: CompileOptions,
  context: ExecutorContext,
) {
  return runBatch(taskGraph, options, { context, work });
}

const work: WorkOnProjects = (tasks, context) => compileProjects(tasks, { context, write: false });
