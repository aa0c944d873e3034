import type { PublishResult } from './publish-clusters.ts';
import type { PublishOutcome } from './publish-outcome.ts';

/** One line that says what became of a cluster. */
export function formatOutcome({
  cluster,
  target,
  status,
  commit,
  written,
  removed,
  pullRequest,
  step,
  failover,
}: PublishOutcome): string {
  if (status === 'failed') return `${cluster}: failed\n`;
  if (status === 'declined')
    return `${cluster}: not published, ${pullRequest ?? 'its pull request'} was closed without a merge; reopen it there, or publish with --reopen\n`;
  const at = commit === undefined ? '' : ` at ${commit.slice(0, 10)}`;
  const place = pullRequest ?? `${target.branch}${at}`;
  const where = failover === undefined ? place : `${place}; failover tree at ${failover.slice(0, 10)}`;
  if (step === 'hold' && status === 'unchanged')
    return `${cluster}: nothing has to be held, ${where}; publish without --migrate once Flux has applied that\n`;
  if (status === 'unchanged' && pullRequest !== undefined) return `${cluster}: waits to be merged, ${where}\n`;
  if (status === 'unchanged') return `${cluster}: nothing to do, ${where}\n`;
  if (step === 'hold')
    return `${cluster}: held what its change would lose, ${where}; wait until Flux has applied that, then build and publish\n`;
  return `${cluster}: ${written} files written, ${removed} removed, ${where}\n`;
}

/** The last line: `2 published, 1 unchanged, 1 failed`. */
export function formatSummary({ outcomes, failed }: Pick<PublishResult, 'outcomes' | 'failed'>): string {
  const count = (status: PublishOutcome['status']): number => outcomes.filter((each) => each.status === status).length;
  const declined = count('declined');
  const parts = [
    `${count('published')} published`,
    `${count('unchanged')} unchanged`,
    ...(declined > 0 ? [`${declined} declined`] : []),
    `${count('failed') + failed.length} failed`,
  ];
  return `${parts.join(', ')}\n`;
}

/** Outcomes for programs. */
export function outcomesJson({ outcomes, failed, diagnostics }: Omit<PublishResult, 'sources'>): string {
  const clusters = outcomes.map(({ diagnostics: _, sources: __, ...rest }) => rest);
  return `${JSON.stringify({ clusters, failed, diagnostics }, null, 2)}\n`;
}
