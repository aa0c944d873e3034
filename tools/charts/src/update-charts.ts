import { join } from 'node:path';
import type { Diagnostic } from '@fluxwright/diagnostics';
import { folderDigest } from '@fluxwright/documents';
import {
  type ChartsLock,
  chartFile,
  type LockedChart,
  type LockedSource,
  lockFile,
  sourceFolder,
} from '@fluxwright/model';
import { type ChartsOptions, type ChartsResult, isBlocked, openChartsRun } from './charts-run.ts';
import { placeFile, removeLeftovers, temporaryName } from './disk/place-file.ts';
import { doAtOnce } from './do-at-once.ts';
import { fetchChart, refuseLogin } from './fetch/fetch-chart.ts';
import { fetchSource, resolveCommit } from './fetch/git-source.ts';
import { ChartFailure } from './lock/chart-failure.ts';
import type { ChartPin, SourcePin } from './lock/chart-pins.ts';
import { emptyLock, formatLock } from './lock/charts-lock.ts';
import { formatLockChanges, lockState } from './lock/lock-changes.ts';
import { sha256 } from './lock/sha256.ts';
import { type Tools, withTools } from './with-tools.ts';

/** One of both. */
interface Locked {
  readonly chart?: LockedChart;
  readonly source?: LockedSource;
}

/**
 * Moves the lock to what components ask for, and says what that changes. What is locked already keeps its digest and is not
 * asked for again: a version that was published anew does not slip in. All or nothing: with one failure the lock stays.
 */
export async function updateCharts(options: ChartsOptions): Promise<ChartsResult> {
  const { root } = options;
  const run = openChartsRun(root);
  const found: Diagnostic[] = [...run.diagnostics];
  const stop = (): ChartsResult => ({ lines: [], diagnostics: found, sources: run.sources });
  // A component that cannot be read would lose its entry.
  if (isBlocked(run)) return stop();
  const before = run.lock ?? emptyLock;
  const { kept, missing } = lockState(run.pins, before);
  const lines = await withTools(options, { run, found }, async (tools) => {
    if (missing.sources.length > 0) removeLeftovers(tools.cache.scratch());
    const locked = await doAtOnce<Locked>(
      [
        ...missing.charts.map((pin) => ({
          name: chartFile(pin),
          span: pin.span,
          work: async () => ({ chart: await lockChart(pin, tools) }),
        })),
        ...missing.sources.map((pin) => ({
          name: sourceFolder(pin),
          span: pin.span,
          work: async () => ({ source: await lockSource(pin, tools) }),
        })),
      ],
      options,
      found,
    );
    if (locked.includes(undefined)) return undefined;
    const after: ChartsLock = {
      charts: [...kept.charts, ...locked.flatMap((each) => each?.chart ?? [])],
      sources: [...kept.sources, ...locked.flatMap((each) => each?.source ?? [])],
    };
    const text = formatLock(after);
    if (run.sources.get(lockFile) !== text) placeFile(join(root, lockFile), text);
    return formatLockChanges(before, after);
  });
  if (lines === undefined) return stop();
  return {
    lines: lines.length === 0 ? [`${lockFile} says what components ask for`] : lines,
    diagnostics: found,
    sources: run.sources,
  };
}

async function lockChart(pin: ChartPin, { context, cache }: Tools): Promise<LockedChart> {
  const bytes = await fetchChart(pin, context);
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b)
    throw new ChartFailure(
      'charts/bad-answer',
      `${pin.chart} ${pin.version} of ${pin.repository} is no packaged chart`,
      {
        note: 'what came is not compressed by gzip',
      },
    );
  const digest = sha256(bytes);
  cache.keepChart(digest, bytes);
  return { repository: pin.repository, chart: pin.chart, version: pin.version, digest };
}

async function lockSource({ git, ref, path }: SourcePin, tools: Tools): Promise<LockedSource> {
  refuseLogin(git);
  const commit = await resolveCommit({ git, ref }, tools.git());
  const made = temporaryName(join(tools.cache.scratch(), 'source'));
  await fetchSource({ git, ref, path, commit }, made, tools.git());
  const digest = folderDigest(made) ?? '';
  tools.cache.keepSource(digest, made);
  return { git, ref, path, commit, digest };
}
