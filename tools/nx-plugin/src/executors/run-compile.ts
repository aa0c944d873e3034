import type { ExecutorContext, TaskGraph } from '@nx/devkit';
import { type CompileOptions, compileProjects } from './compile-projects.ts';

/** What Nx wants to know of a task of a batch. */
interface BatchResult {
  readonly success: boolean;
  readonly terminalOutput: string;
}

/** Runs the task that `context` is about: its facts go to stdout, findings for people to stderr. */
export async function runTask(
  { format = 'text' }: CompileOptions,
  context: ExecutorContext,
  write: boolean,
): Promise<{ success: boolean }> {
  const [outcome] = await compileProjects([{ project: context.projectName ?? '', format }], { context, write });
  if (outcome === undefined) return { success: false };
  if (format !== 'json') process.stdout.write(outcome.summary);
  (format === 'text' ? process.stderr : process.stdout).write(outcome.findings);
  return { success: outcome.success };
}

/** Runs all tasks of a batch. */
export async function runBatch(
  taskGraph: TaskGraph,
  options: Readonly<Record<string, CompileOptions>>,
  batch: { readonly context: ExecutorContext; readonly write: boolean },
): Promise<Record<string, BatchResult>> {
  const tasks = Object.values(taskGraph.tasks).map(({ id, target }) => ({
    id,
    project: target.project,
    format: options[id]?.format ?? 'text',
  }));
  const outcomes = await compileProjects(tasks, batch);
  return Object.fromEntries(
    outcomes.map(({ success, summary, findings }, index) => [
      tasks[index]?.id ?? '',
      { success, terminalOutput: `${tasks[index]?.format === 'json' ? '' : summary}${findings}` },
    ]),
  );
}
