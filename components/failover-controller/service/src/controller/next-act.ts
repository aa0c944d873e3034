import type { LeaseRecord } from '../lease/lease-record.ts';
import { expiry, fenced, type Timing } from '../timing.ts';
import type { Act, Controller, Surroundings } from './controller.ts';

/** What a controller does now, at most one thing, and what it knows after having decided. */
export interface Decision {
  readonly controller: Controller;
  readonly act?: Act;
}

/**
 * The rules of the Failover Controller. Pure: the same knowledge, surroundings and time give the same act.
 *
 * A side's guards let writes pass only while the lease names it as holder and writer. So all safety lies in when a
 * side becomes `writer`: at once where it was the last one, else only after it holds the lease, the other's right has
 * ended and its nodes have had the time to close. Whoever is not the last writer never becomes it for being primary in
 * its own tree: a side that comes back from an outage has a tree that still says so.
 */
export function nextAct(controller: Controller, around: Surroundings, now: number, timing: Timing): Decision {
  const quiet = isQuiet(controller, around, now, timing);
  const { quietSince: _, ...rest } = controller;
  const known: Controller = quiet ? { ...rest, quietSince: controller.quietSince ?? now } : rest;
  const held = around.override === 'hold' && known.seen?.record.writer !== known.site;
  const act = held ? look(known, now, timing) : decide(known, around, now, timing);
  return { controller: known, ...(act !== undefined && { act }) };
}

function decide(controller: Controller, around: Surroundings, now: number, timing: Timing): Act | undefined {
  const { seen, site } = controller;
  if (seen === undefined)
    return controller.absent === true && around.role === 'primary'
      ? write(controller, { holder: site, writer: site, epoch: 1, beat: 1 }, 'first')
      : look(controller, now, timing);
  // After a write of which it does not know what came.
  if (seen.latest === Number.NEGATIVE_INFINITY) return { do: 'read' };
  return seen.record.holder === site
    ? asHolder(controller, around, now, timing)
    : asOther(controller, around, now, timing);
}

function asHolder(controller: Controller, around: Surroundings, now: number, timing: Timing): Act | undefined {
  const { seen, site, beatAt, waitUntil } = controller;
  if (seen === undefined) return undefined;
  const { record } = seen;
  const isWriter = record.writer === site;
  if (isWriter && around.role === 'leaving') return write(controller, { ...record, holder: '' }, 'release');
  // A process that finds the lease in its own name does not know when it was taken, and waits the whole time.
  if (!isWriter && waitUntil !== undefined && now >= waitUntil)
    return write(controller, { ...record, writer: site, beat: record.beat + 1 }, 'open');
  if (beatAt === undefined || now - beatAt >= timing.every)
    return write(controller, { ...record, beat: record.beat + 1 }, 'beat');
  if (isWriter && around.role === 'standby' && isFresh(controller, now, timing))
    return { do: 'fast-forward', epoch: record.epoch };
}

function asOther(controller: Controller, around: Surroundings, now: number, timing: Timing): Act | undefined {
  const { seen, site } = controller;
  if (seen === undefined) return undefined;
  const { record, since } = seen;
  const released = record.holder === '';
  const silent = released || now - since >= expiry(timing);
  if (silent && isFresh(controller, now, timing)) {
    const taken = { ...record, holder: site, epoch: record.epoch + 1, beat: record.beat + 1 };
    if (record.writer === site && around.role === 'primary') return write(controller, taken, 'resume');
    if (released && around.role === 'primary') return write(controller, taken, 'take');
    const settled = controller.quietSince !== undefined && now - controller.quietSince >= timing.settle;
    if (around.role === 'standby' && around.failoverReady && (settled || around.override === 'takeover'))
      return write(controller, taken, 'take');
  }
  return look(controller, now, timing);
}

/** All that a failover asks for, but its duration: the other is silent, and we are not the ones who are cut off. */
function isQuiet(controller: Controller, around: Surroundings, now: number, timing: Timing): boolean {
  const { seen, site } = controller;
  if (seen === undefined || seen.record.holder === site || seen.record.holder === '') return false;
  const { reached, quorum } = around.witnesses;
  return now - seen.since >= expiry(timing) && isFresh(controller, now, timing) && reached >= quorum;
}

/** Whether what it knows of the lease is of one of the last two looks. */
const isFresh = ({ seen }: Controller, now: number, { every, request }: Timing): boolean =>
  seen !== undefined && now - seen.latest <= 2 * (every + request);

const look = ({ seen }: Controller, now: number, { every }: Timing): Act | undefined =>
  seen === undefined || now - seen.latest >= every ? { do: 'read' } : undefined;

const write = (
  { seen, site, process, writes }: Controller,
  record: Omit<LeaseRecord, 'mark'>,
  why: (Act & { do: 'write' })['why'],
): Act => ({
  do: 'write',
  record: { ...record, mark: `${site}/${process}/${writes + 1}` },
  onto: seen?.etag,
  why,
});

/** When the other side takes no more writes, as seen by who took the lease at `now` from what it had known `since`. */
export const waitFrom = (since: number, now: number, timing: Timing): number =>
  Math.max(now, since + expiry(timing)) + fenced(timing);
