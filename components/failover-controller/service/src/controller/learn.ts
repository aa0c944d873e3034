import type { ReadOutcome, WriteOutcome } from '../lease/read-outcome.ts';
import type { Timing } from '../timing.ts';
import type { Act, Controller } from './controller.ts';
import { waitFrom } from './next-act.ts';

/** What a controller knows after a read that began at `startedAt` and ended `now`. */
export function learnRead(
  controller: Controller,
  startedAt: number,
  now: number,
  outcome: ReadOutcome,
  timing: Timing,
): Controller {
  if (outcome.is === 'unknown') return controller;
  const { seen: before, absent: _, ...rest } = controller;
  if (outcome.is === 'absent') return { ...without(rest), absent: true };
  const { seen } = outcome;
  const since = before?.etag === seen.etag ? before.since : now;
  const known = { ...rest, seen: { ...seen, since, latest: startedAt } };
  return settleTakeover(known, before, now, timing);
}

/** What a controller knows after a write that began at `startedAt` and ended `now`. */
export function learnWrite(
  controller: Controller,
  act: Act & { readonly do: 'write' },
  startedAt: number,
  now: number,
  outcome: WriteOutcome,
  timing: Timing,
): Controller {
  const sent: Controller = { ...controller, writes: controller.writes + 1, beatAt: startedAt };
  if (outcome.is !== 'written') {
    // Refused: somebody else wrote. Unknown: ours may have arrived. Either way the next thing is to look.
    const { seen, ...rest } = sent;
    return seen === undefined ? rest : { ...rest, seen: { ...seen, latest: Number.NEGATIVE_INFINITY } };
  }
  const { absent: _, ...rest } = sent;
  const known = { ...rest, seen: { record: act.record, etag: outcome.etag, since: now, latest: startedAt } };
  return settleTakeover(known, controller.seen, now, timing);
}

/** Sets when the other side takes no more writes, where the lease has just become ours from another writer. */
function settleTakeover(known: Controller, before: Controller['seen'], now: number, timing: Timing): Controller {
  const { site, seen } = known;
  if (seen === undefined || seen.record.holder !== site || seen.record.writer === site) return without(known);
  if (known.waitUntil !== undefined && before?.record.holder === site && before.record.epoch === seen.record.epoch)
    return known;
  // Taken from exactly the beat that was known before: its age counts. Any other may have come since, so count from now.
  const follows =
    before !== undefined &&
    before.record.holder !== site &&
    before.record.epoch + 1 === seen.record.epoch &&
    before.record.beat + 1 === seen.record.beat;
  const foreign = follows ? before.since : now;
  return { ...known, waitUntil: waitFrom(foreign, now, timing) };
}

function without(controller: Controller): Controller {
  const { waitUntil: _, ...rest } = controller;
  return rest;
}
