import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Diagnostic, diagnostic, hasErrors } from '@fluxwright/diagnostics';
import { type ReadLog, readText } from '@fluxwright/documents';
import {
  type ChartsLock,
  chartFile,
  chartKey,
  loadWorkspace,
  lockFile,
  lockText,
  parseLock,
  sourceFolder,
  sourceKey,
} from '@fluxwright/model';
import type { Environment } from './http/http.ts';
import { type ChartPin, type Pins, pinsOf, type SourcePin } from './lock/chart-pins.ts';

/** Where a component has the public keys of whom it trusts to sign its chart, as `gpg --armor --export` writes them. */
const keyringFile = 'helm/keyring.asc';

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
  const log: ReadLog = { root, sources: new Map(), diagnostics: [] };
  const pins = pinsOf(workspace, ({ folder }) => {
    const file = `${folder}/${keyringFile}`;
    return existsSync(join(root, file)) ? readText(log, file, folder) : undefined;
  });
  const text = lockText(root);
  const lock = text === undefined ? undefined : parseLock(text);
  const charts = new Map(pins.charts.map((pin) => [chartKey(pin), pin] as const).reverse());
  const sources = new Map(pins.sources.map((pin) => [sourceKey(pin), pin] as const).reverse());
  return {
    pins,
    lock: lock?.value,
    pinOfChart: (chart) => charts.get(chartKey(chart)),
    pinOfSource: (source) => sources.get(sourceKey(source)),
    sources: text === undefined ? workspace.sources : new Map([...workspace.sources, [lockFile, text]]),
    diagnostics: [...own, ...log.diagnostics, ...(lock?.diagnostics ?? []), ...clashes(pins)],
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

/** Charts of different repositories, or folders of one, that would have one name in the folder of charts. */
function clashes({ charts, sources }: Pins): readonly Diagnostic[] {
  return [
    ...clashing(charts, { nameOf: chartFile, keyOf: chartKey, placeOf: ({ repository }) => repository }),
    ...clashing(sources, {
      nameOf: sourceFolder,
      keyOf: sourceKey,
      placeOf: ({ git, path }) => `${git}, ${path}`,
      help: 'name a folder that holds both: of the definitions there those are taken that provides.crds names',
    }),
  ];
}

function clashing<Pin extends ChartPin | SourcePin>(
  pins: readonly Pin[],
  of: {
    readonly nameOf: (pin: Pin) => string;
    readonly keyOf: (pin: Pin) => string;
    readonly placeOf: (pin: Pin) => string;
    readonly help?: string;
  },
): readonly Diagnostic[] {
  return [...Map.groupBy(pins, of.nameOf)].flatMap(([name, [first, ...others]]) =>
    first === undefined
      ? []
      : others
          .filter((each) => of.keyOf(each) !== of.keyOf(first))
          .map((each) => {
            const whose =
              first.component === each.component
                ? `component "${first.component}" takes ${name} from two places`
                : `components "${first.component}" and "${each.component}" take ${name} from different ${'git' in each ? 'places' : 'repositories'}`;
            return diagnostic('charts/clash', {
              message: whose,
              primary: each.span,
              note: of.placeOf(each),
              labels: [{ span: first.span, message: of.placeOf(first) }],
              ...(of.help === undefined ? {} : { help: of.help }),
            });
          }),
  );
}
