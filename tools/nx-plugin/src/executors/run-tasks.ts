import type { ExecutorContext, TaskGraph } from '@nx/devkit';
import type { BatchExecutorTaskResult } from '@nx/devkit/internal';
import type { CompileOptions, CompileTask, Outcome } from './compile-projects.ts';

/** Works on some projects in this process; an outcome for each, in the order of the tasks. */
export type WorkOnProjects = (tasks: readonly CompileTask[], context: ExecutorContext) => Promise<readonly Outcome[]>;

/** Runs the task that `context` is about: its facts go to stdout, findings for people to stderr. */
export async function runTask(
  { format = 'text', charts }: CompileOptions,
  context: ExecutorContext,
  work: WorkOnProjects,
): Promise<{ success: boolean }> {
  const [outcome] = await work(
    [
      {
        project: context.projectName ?? '',
        target: context.targetName ?? '',
        format,
        ...(charts !== undefined && { charts }),
      },
    ],
    context,
  );
  if (outcome === undefined) return { success: false };
  if (format !== 'json') process.stdout.write(outcome.summary);
  (format === 'text' ? process.stderr : process.stdout).write(outcome.findings);
  return { success: outcome.success };
}

/** Runs all tasks of a batch. Nx prints the output of a task only where its result comes out of an iterator. */
export async function* runBatch(
  taskGraph: TaskGraph,
  options: Readonly<Record<string, CompileOptions>>,
  batch: { readonly context: ExecutorContext; readonly work: WorkOnProjects },
): AsyncGenerator<BatchExecutorTaskResult> {
  const tasks = Object.values(taskGraph.tasks).map(({ id, target }) => {
    const { format = 'text', charts } = options[id] ?? {};
    return { id, project: target.project, target: target.target, format, ...(charts !== undefined && { charts }) };
  });
  const outcomes = await batch.work(tasks, batch.context);
  for (const [index, { id, format }] of tasks.entries()) {
    const { success = false, summary = '', findings = '' } = outcomes[index] ?? {};
    yield { task: id, result: { success, terminalOutput: `${format === 'json' ? '' : summary}${findings}` } };
  }
}
