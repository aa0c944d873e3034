import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Diagnostic, diagnostic, hasErrors } from '@fluxwright/diagnostics';
import { loadWorkspace } from '@fluxwright/model';
import type { Environment } from './http/http.ts';
import { type ChartPin, chartFile, type Pins, pinsOf, type SourcePin } from './lock/chart-pins.ts';
import { type ChartsLock, chartKey, lockFile, parseLock, sourceKey } from './lock/charts-lock.ts';

/** What the commands for charts share. */
export interface ChartsOptions {
  /** The workspace. */
  readonly root: string;
  /** Proxies, credentials, where caches are: see {@link openHttp}, {@link readCredentials}. */
  readonly environment: Environment;
  readonly caFile?: string;
  /** Seconds without a byte after which a server is given up; 30 by default. */
  readonly idleSeconds?: number;
  /** Milliseconds before a request is tried again; 500 by default. */
  readonly backoff?: number;
  /** How many charts at once; 6 by default. */
  readonly atOnce?: number;
  /** Called after each chart and source. */
  readonly onDone?: (name: string, progress: { readonly done: number; readonly total: number }) => void;
}

export interface ChartsResult {
  /** What has been done, a line each. */
  readonly lines: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
  /** Text of every file that was read, by its path from the root. */
  readonly sources: ReadonlyMap<string, string>;
}

/** A workspace, read for its charts. */
export interface ChartsRun {
  readonly pins: Pins;
  /** Absent where there is no lock, or none that can be read. */
  readonly lock: ChartsLock | undefined;
  readonly pinOfChart: (chart: Pick<ChartPin, 'repository' | 'chart' | 'version'>) => ChartPin | undefined;
  readonly pinOfSource: (source: Pick<SourcePin, 'git' | 'ref' | 'path'>) => SourcePin | undefined;
  readonly sources: ReadonlyMap<string, string>;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads components and lock. Findings are those of the components, of the lock, and charts that would lie in one file. */
export function openChartsRun(root: string): ChartsRun {
  const { value: workspace, diagnostics } = loadWorkspace(root);
  // What is wrong with a cluster or a product says nothing about charts.
  const own = diagnostics.filter(({ primary }) => !/^(clusters|products)(\/|$)/.test(primary?.file ?? 'clusters'));
  const pins = pinsOf(workspace);
  const text = readLockText(root);
  const lock = text === undefined ? undefined : parseLock(text);
  const charts = new Map(pins.charts.map((pin) => [chartKey(pin), pin] as const).reverse());
  const sources = new Map(pins.sources.map((pin) => [sourceKey(pin), pin] as const).reverse());
  return {
    pins,
    lock: lock?.value,
    pinOfChart: (chart) => charts.get(chartKey(chart)),
    pinOfSource: (source) => sources.get(sourceKey(source)),
    sources: text === undefined ? workspace.sources : new Map([...workspace.sources, [lockFile, text]]),
    diagnostics: [...own, ...(lock?.diagnostics ?? []), ...clashes(pins)],
  };
}

/** True where a finding keeps a command from knowing what to do. */
export function isBlocked({ diagnostics }: ChartsRun): boolean {
  return hasErrors(diagnostics);
}

/** The finding for a workspace that asks for charts and has no lock; none where it asks for nothing. */
export function missingLock({ pins, lock, diagnostics }: ChartsRun): readonly Diagnostic[] {
  const first = pins.charts[0] ?? pins.sources[0];
  if (lock !== undefined || first === undefined || diagnostics.some(({ code }) => code === 'charts/invalid-lock'))
    return [];
  return [
    diagnostic('charts/no-lock', {
      message: `there is no ${lockFile}`,
      primary: first.span,
      note: 'nobody knows which bytes this is',
    }),
  ];
}

function readLockText(root: string): string | undefined {
  try {
    return readFileSync(join(root, lockFile), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Charts of different repositories that would have one name in a folder. */
function clashes({ charts }: Pins): readonly Diagnostic[] {
  return [...Map.groupBy(charts, chartFile)].flatMap(([file, [first, ...others]]) =>
    others
      .filter((each) => first !== undefined && chartKey(each) !== chartKey(first))
      .map((each) =>
        diagnostic('charts/clash', {
          message: `components "${first?.component}" and "${each.component}" take ${file} from different repositories`,
          primary: each.span,
          note: each.repository,
          labels: first === undefined ? [] : [{ span: first.span, message: first.repository }],
        }),
      ),
  );
}
