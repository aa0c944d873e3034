import { type Diagnostic, diagnostic, type Span } from '@fluxwright/diagnostics';
import { chartFile, sourceFolder } from '@fluxwright/model';
import { type ChartsResult, missingLock, openChartsRun } from './charts-run.ts';
import { emptyLock } from './lock/charts-lock.ts';
import { lockState } from './lock/lock-changes.ts';
import { notLocked } from './lock/not-locked.ts';
import { type AtHand, chartAtHand, chartFolders, sourceAtHand } from './place/chart-places.ts';

/** Holds what is at hand against the lock, and the lock against what components ask for. Asks no server, writes nothing. */
export function verifyCharts({ root }: { readonly root: string }): ChartsResult {
  const run = openChartsRun(root);
  const { kept, missing, stale } = lockState(run.pins, run.lock ?? emptyLock);
  const judge = (
    name: string,
    digest: string,
    atHand: AtHand | undefined,
    span: Span | undefined,
  ): readonly Diagnostic[] => {
    const where = span === undefined ? {} : { primary: span };
    if (atHand === undefined)
      return [
        diagnostic('charts/missing', {
          ...where,
          message: `${name} is not at hand`,
          note: `neither in ${chartFolders.vendored}/ nor in ${chartFolders.pulled}/`,
        }),
      ];
    if (atHand.digest === digest) return [];
    return [
      diagnostic('charts/wrong-digest', {
        ...where,
        message: `${atHand.file} is not what the lock says`,
        note: `${digest} is meant, ${atHand.digest} is there`,
      }),
    ];
  };
  const judged = [
    ...kept.charts.flatMap((chart) =>
      judge(chartFile(chart), chart.digest, chartAtHand(root, chart), run.pinOfChart(chart)?.span),
    ),
    ...kept.sources.flatMap((source) =>
      judge(sourceFolder(source), source.digest, sourceAtHand(root, source), run.pinOfSource(source)?.span),
    ),
  ];
  const total = kept.charts.length + kept.sources.length;
  return {
    lines: [
      `${total - judged.length} of ${total} at hand, as the lock says`,
      ...stale.charts.map(
        (chart) => `no component asks for ${chartFile(chart)}: charts update takes it out of the lock`,
      ),
      ...stale.sources.map(
        (source) => `no component asks for ${sourceFolder(source)}: charts update takes it out of the lock`,
      ),
    ],
    diagnostics: [
      ...run.diagnostics,
      ...missingLock(run),
      ...(run.lock === undefined ? [] : notLocked(missing)),
      ...judged,
    ],
    sources: run.sources,
  };
}
