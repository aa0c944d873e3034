import { type Diagnostic, plainTable } from '@fluxwright/diagnostics';
import { by } from '@fluxwright/documents';
import { chartFile, chartKey, sourceFolder, sourceKey } from '@fluxwright/model';
import { openChartsRun } from './charts-run.ts';
import type { Environment } from './http/http.ts';
import { emptyLock } from './lock/charts-lock.ts';
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
  const all = [
    ...listed(run.pins.charts, lock.charts, {
      keyOf: chartKey,
      show: (pin) => ({ name: chartFile(pin), from: pin.repository, atHand: chartAtHand(root, pin) }),
    }),
    ...listed(run.pins.sources, lock.sources, {
      keyOf: sourceKey,
      show: (pin) => ({ name: sourceFolder(pin), from: pin.git, atHand: sourceAtHand(root, pin) }),
    }),
  ]
    .map(({ atHand, ...each }) => ({ ...each, state: stateOf(each.digest, atHand) }))
    .sort(by(({ name }) => name));
  return { charts: all, diagnostics: run.diagnostics, sources: run.sources };
}

/** Charts or sources, each once with all components that ask for it, and with its digest where the lock has one. */
function listed<Key, Pin extends Key & { readonly component: string }>(
  pins: readonly Pin[],
  locked: readonly (Key & { readonly digest: string })[],
  {
    keyOf,
    show,
  }: {
    readonly keyOf: (each: Key) => string;
    readonly show: (pin: Pin) => { readonly name: string; readonly from: string; readonly atHand: AtHand | undefined };
  },
) {
  const digests = new Map(locked.map((each) => [keyOf(each), each.digest]));
  return [...Map.groupBy(pins, keyOf)].flatMap(([key, [pin, ...others]]) => {
    if (pin === undefined) return [];
    const digest = digests.get(key);
    const components = [pin, ...others].map(({ component }) => component);
    return [{ ...show(pin), components, ...(digest !== undefined && { digest }) }];
  });
}

/** A table of it for a terminal, or JSON for programs. */
export function formatCharts(charts: readonly ListedChart[], format: 'text' | 'json'): string {
  if (format === 'json') return `${JSON.stringify({ charts }, undefined, 2)}\n`;
  const rows = charts.map(({ name, state, from, components }) => [name, state, from, components.join(', ')]);
  return plainTable(rows);
}
