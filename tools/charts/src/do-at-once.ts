import type { Diagnostic, Span } from '@fluxwright/diagnostics';
import pLimit from 'p-limit';
import type { ChartsOptions } from './charts-run.ts';
import { failureFinding } from './lock/chart-failure.ts';

/** Work on one chart or source. */
export interface ChartTask<T> {
  readonly name: string;
  /** The line that asks for it. */
  readonly span: Span | undefined;
  readonly work: () => Promise<T>;
}

/**
 * Does all tasks, some at once. One that fails stops no other: its failure becomes a finding in `found`, its result undefined.
 * What is no failure but a bug is thrown when all have ended. Results are in the order of the tasks.
 */
export async function doAtOnce<T>(
  tasks: readonly ChartTask<T>[],
  { atOnce = 6, onDone }: Pick<ChartsOptions, 'atOnce' | 'onDone'>,
  found: Diagnostic[],
): Promise<readonly (T | undefined)[]> {
  const limit = pLimit(atOnce);
  let done = 0;
  const made = tasks.map(({ name, span, work }) =>
    limit(async () => {
      try {
        return await work();
      } catch (error) {
        found.push(failureFinding(error, span));
        return undefined;
      } finally {
        done += 1;
        onDone?.(name, { done, total: tasks.length });
      }
    }),
  );
  const ended = await Promise.allSettled(made);
  return ended.map((each) => {
    if (each.status === 'rejected') throw each.reason;
    return each.value;
  });
}
