import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Diagnostic, Span } from '@fluxwright/diagnostics';
import { folderDigest } from '@fluxwright/documents';
import { type ChartsLock, chartFile, type LockedChart, type LockedSource, sourceFolder } from '@fluxwright/model';
import { type ChartsOptions, type ChartsResult, type ChartsRun, missingLock, openChartsRun } from './charts-run.ts';
import { placeFile, removeLeftovers, temporaryName } from './disk/place-file.ts';
import { type ChartTask, doAtOnce } from './do-at-once.ts';
import { fetchChart, refuseLogin } from './fetch/fetch-chart.ts';
import { fetchSource } from './fetch/git-source.ts';
import { ChartFailure, otherBytes } from './lock/chart-failure.ts';
import { emptyLock } from './lock/charts-lock.ts';
import { lockState } from './lock/lock-changes.ts';
import { notLocked } from './lock/not-locked.ts';
import { sha256 } from './lock/sha256.ts';
import { type AtHand, chartAtHand, chartFolders, hidePulled, type Place, sourceAtHand } from './place/chart-places.ts';
import type { ContentCache } from './place/content-cache.ts';
import { type Tools, withTools } from './with-tools.ts';

export interface PullOptions extends ChartsOptions {
  /** `pulled` is out of git's sight, `vendored` is part of the repository; `pulled` by default. */
  readonly to?: Place;
  /** Asks no server: takes what this machine has, and says what it lacks. */
  readonly offline?: boolean;
}

/**
 * Puts every chart and source that components ask for to where builds look, to the byte as the lock says: from there, from
 * the cache of this machine, or from its server, in this order. What has other bytes is refused. One that fails stops no
 * other; a file is there whole or not at all, also when killed.
 */
export async function pullCharts(options: PullOptions): Promise<ChartsResult> {
  const { root, to = 'pulled' } = options;
  const run = openChartsRun(root);
  const found: Diagnostic[] = [...run.diagnostics, ...missingLock(run)];
  const { kept, missing } = lockState(run.pins, run.lock ?? emptyLock);
  if (run.lock !== undefined) found.push(...notLocked(missing));
  const lines = await withTools(options, { run, found }, async (tools) => {
    const tasks = tasksOf(kept, { ...options, to }, { ...tools, run });
    prepare(root, to, tasks.length);
    return (await doAtOnce(tasks, options, found)).flatMap((line) => line ?? []);
  });
  return { lines: lines?.sort() ?? [], diagnostics: found, sources: run.sources };
}

/** Makes the folder, and takes away what runs that were killed have left in it. */
function prepare(root: string, to: Place, count: number): void {
  if (to === 'pulled' && count > 0) hidePulled(root);
  removeLeftovers(join(root, chartFolders[to]));
  removeLeftovers(join(root, chartFolders[to], 'git'));
}

function tasksOf(
  { charts, sources }: ChartsLock,
  options: PullOptions & { readonly to: Place },
  { run, ...tools }: Tools & { readonly run: ChartsRun },
): readonly ChartTask<string>[] {
  const task = (name: string, span: Span | undefined, work: () => Promise<string>): ChartTask<string> => ({
    name,
    span,
    work: async () => `${name}: ${await work()}`,
  });
  return [
    ...charts.map((each) => task(chartFile(each), run.pinOfChart(each)?.span, () => pullChart(each, options, tools))),
    ...sources.map((each) =>
      task(sourceFolder(each), run.pinOfSource(each)?.span, () => pullSource(each, options, tools)),
    ),
  ];
}

/** Puts one chart to its place. Says where it came from. */
async function pullChart(
  chart: LockedChart,
  { root, to, offline }: PullOptions & { readonly to: Place },
  { context, cache }: Tools,
): Promise<string> {
  if (isThere(chartAtHand(root, chart), chart.digest, to)) return 'at hand';
  const target = join(root, chartFolders[to], chartFile(chart));
  const kept = cache.chart(chart.digest);
  if (kept === undefined && offline === true) throw missingOffline(chartFile(chart), chart.digest, cache);
  const bytes = kept ?? (await fetchChart(chart, context, chart.digest));
  if (sha256(bytes) !== chart.digest)
    throw otherBytes(`${chart.chart} ${chart.version} of ${chart.repository}`, chart.digest, sha256(bytes));
  if (kept === undefined) cache.keepChart(chart.digest, bytes);
  placeFile(target, bytes);
  return kept === undefined ? `fetched from ${chart.repository}` : 'from the cache';
}

async function pullSource(
  source: LockedSource,
  { root, to, offline }: PullOptions & { readonly to: Place },
  { cache, git }: Tools,
): Promise<string> {
  if (isThere(sourceAtHand(root, source), source.digest, to)) return 'at hand';
  const target = join(root, chartFolders[to], sourceFolder(source));
  mkdirSync(join(target, '..'), { recursive: true });
  if (cache.copySource(source.digest, target)) return 'from the cache';
  if (offline === true) throw missingOffline(sourceFolder(source), source.digest, cache);
  refuseLogin(source.git);
  const made = temporaryName(join(cache.scratch(), 'source'));
  await fetchSource(source, made, git());
  const digest = folderDigest(made) ?? 'nothing';
  if (digest !== source.digest) throw otherBytes(`${source.git} at ${source.commit}`, source.digest, digest);
  cache.keepSource(source.digest, made);
  if (!cache.copySource(source.digest, target)) throw otherBytes(sourceFolder(source), source.digest, 'something else');
  return `fetched from ${source.git}`;
}

/**
 * Whether nothing is to be done. What is pulled with other bytes is replaced; what is vendored is somebody's file and is
 * refused.
 */
function isThere(atHand: AtHand | undefined, digest: string, to: Place): boolean {
  if (atHand === undefined) return false;
  if (atHand.digest === digest) return to === 'pulled' || atHand.place === 'vendored';
  if (atHand.place === 'pulled') return false;
  throw new ChartFailure('charts/wrong-digest', `${atHand.file} is not what the lock says`, {
    note: `${digest} is meant, ${atHand.digest} is there`,
    help: 'remove the file and run `fluxwright charts vendor`',
  });
}

function missingOffline(name: string, digest: string, { folder }: ContentCache): ChartFailure {
  return new ChartFailure('charts/missing', `${name} is not at hand, and no server is asked`, {
    note: `nothing of ${digest} in ${folder}`,
    help: 'run `fluxwright charts pull` once with a network, or bring the cache of another machine',
  });
}
