import type { Diagnostic } from '@fluxwright/diagnostics';
import { chartFile, sourceFolder } from './chart-pins.ts';
import { chartKey, emptyLock, sourceKey } from './charts-lock.ts';
import { openChartsRun } from './charts-run.ts';
import type { Environment } from './http/http-client.ts';
import { type AtHand, chartAtHand, sourceAtHand } from './place/chart-places.ts';
import { openContentCache } from './place/content-cache.ts';

/** A chart or source that components ask for. */
export interface ListedChart {
  readonly name: string;
  readonly from: string;
  readonly components: readonly string[];
  /** That of the lock; absent where it has none. */
  readonly digest?: string;
  /** Where the bytes of the lock are: in the repository, pulled, in the cache of this machine, or not here. */
  readonly state: 'vendored' | 'pulled' | 'cached' | 'missing' | 'other bytes' | 'not locked';
}

/** What components ask for, what the lock says of it, and where it is; sorted by name. */
export function listCharts({ root, environment }: { readonly root: string; readonly environment: Environment }): {
  readonly charts: readonly ListedChart[];
  readonly diagnostics: readonly Diagnostic[];
  readonly sources: ReadonlyMap<string, string>;
} {
  const run = openChartsRun(root);
  const lock = run.lock ?? emptyLock;
  const cache = openContentCache(environment);
  const stateOf = (digest: string | undefined, atHand: AtHand | undefined): ListedChart['state'] => {
    if (digest === undefined) return 'not locked';
    if (atHand !== undefined) return atHand.digest === digest ? atHand.place : 'other bytes';
    return cache.chart(digest) !== undefined ? 'cached' : 'missing';
  };
  const charts = [...Map.groupBy(run.pins.charts, chartKey)].flatMap(([key, pins]) => {
    const [pin] = pins;
    if (pin === undefined) return [];
    const digest = lock.charts.find((each) => chartKey(each) === key)?.digest;
    return {
      name: chartFile(pin),
      from: pin.repository,
      components: pins.map(({ component }) => component),
      ...(digest !== undefined && { digest }),
      state: stateOf(digest, chartAtHand(root, pin)),
    };
  });
  const sources = [...Map.groupBy(run.pins.sources, sourceKey)].flatMap(([key, pins]) => {
    const [pin] = pins;
    if (pin === undefined) return [];
    const digest = lock.sources.find((each) => sourceKey(each) === key)?.digest;
    return {
      name: sourceFolder(pin),
      from: pin.git,
      components: pins.map(({ component }) => component),
      ...(digest !== undefined && { digest }),
      state: stateOf(digest, sourceAtHand(root, pin)),
    };
  });
  const all = [...charts, ...sources].sort((left, right) => (left.name < right.name ? -1 : 1));
  return { charts: all, diagnostics: run.diagnostics, sources: run.sources };
}

/** A table of it for a terminal, or JSON for programs. */
export function formatCharts(charts: readonly ListedChart[], format: 'text' | 'json'): string {
  if (format === 'json') return `${JSON.stringify({ charts }, undefined, 2)}\n`;
  const rows = charts.map(({ name, state, from, components }) => [name, state, from, components.join(', ')]);
  const widths = [0, 1, 2].map((column) => Math.max(0, ...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map(
      (row) =>
        `${row
          .map((cell, column) => cell.padEnd(widths[column] ?? 0))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('');
}
