import { join } from 'node:path';
import type { Diagnostic } from '@fluxwright/diagnostics';
import { folderDigest } from '@fluxwright/documents';
import {
  type ChartsLock,
  chartFile,
  chartKey,
  type LockedChart,
  type LockedSource,
  lockFile,
  sourceFolder,
} from '@fluxwright/model';
import { type ChartsOptions, type ChartsResult, isBlocked, openChartsRun } from './charts-run.ts';
import { placeFile, removeLeftovers, temporaryName } from './disk/place-file.ts';
import { doAtOnce } from './do-at-once.ts';
import { fetchChart, fetchProvenance, refuseLogin } from './fetch/fetch-chart.ts';
import { fetchSource, resolveCommit } from './fetch/git-source.ts';
import { ChartFailure, otherBytes } from './lock/chart-failure.ts';
import type { ChartPin, SourcePin } from './lock/chart-pins.ts';
import { emptyLock, formatLock } from './lock/charts-lock.ts';
import { formatLockChanges, lockState } from './lock/lock-changes.ts';
import { sha256 } from './lock/sha256.ts';
import { signerOf } from './provenance/chart-provenance.ts';
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
          work: async () => ({ chart: await lockChart(pin, before, tools) }),
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

/** A chart that is locked, and of which only the signer is not known, keeps its digest. */
async function lockChart(pin: ChartPin, before: ChartsLock, { context, cache }: Tools): Promise<LockedChart> {
  const known = before.charts.find((each) => chartKey(each) === chartKey(pin))?.digest;
  const bytes = (known === undefined ? undefined : cache.chart(known)) ?? (await fetchChart(pin, context, known));
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b)
    throw new ChartFailure(
      'charts/bad-answer',
      `${pin.chart} ${pin.version} of ${pin.repository} is no packaged chart`,
      {
        note: 'what came is not compressed by gzip',
      },
    );
  const digest = sha256(bytes);
  if (known !== undefined && digest !== known)
    throw otherBytes(`${pin.chart} ${pin.version} of ${pin.repository}`, known, digest);
  const signedBy =
    pin.keyring === undefined
      ? undefined
      : await signerOf(pin, { bytes, provenance: await fetchProvenance(pin, context) }, pin.keyring);
  cache.keepChart(digest, bytes);
  const { repository, chart, version } = pin;
  return { repository, chart, version, digest, ...(signedBy !== undefined && { signedBy }) };
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
