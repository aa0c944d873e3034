import type { Controller } from '../../src/controller/controller.ts';
import { defaultTiming, type Timing } from '../../src/timing.ts';
import type { Faults } from './schedule.ts';
import type { Rules } from './site.ts';
import { realRules } from './site.ts';

/** A rule taken away, and where chance finds it too seldom, the faults and times that need it. */
interface Mutation {
  readonly rules: Partial<Rules>;
  readonly faults?: Faults;
  readonly timing?: Timing;
}

/** The primary is cut off, and a guard of it hangs when its time is over. */
const slowToClose: Faults = ({ a }, at) => {
  at(120_000, 'cut a', () => {
    a.line.cut = true;
  });
  at(144_000, 'hang a', () => a.hang(0));
  return 400_000;
};

/** Each guard of the rules, taken away: the model must notice. */
export const mutations: Readonly<Record<string, Mutation>> = {
  'who takes over waits until the other side has closed': {
    rules: {
      learnWrite: (...given) => noWait(realRules.learnWrite(...given)),
      learnRead: (...given) => noWait(realRules.learnRead(...given)),
    },
    faults: slowToClose,
    timing: { ...defaultTiming, settle: 0 },
  },
  'a lease is taken only after it has expired': {
    rules: {
      nextAct: (known, around, now, timing) =>
        realRules.nextAct(known, around, now, { ...timing, ttl: timing.ttl / 10 }),
      learnWrite: (known, act, startedAt, now, outcome, timing) =>
        realRules.learnWrite(known, act, startedAt, now, outcome, { ...timing, ttl: timing.ttl / 10, fence: 1 }),
    },
  },
  'a guard counts from the look before a beat': {
    rules: {
      guardLooked: (guard, startedAt, outcome, timing) => {
        const next = realRules.guardLooked(guard, startedAt, outcome, timing);
        return next.openUntil === undefined ? next : { ...next, openUntil: startedAt + timing.ttl + timing.fence };
      },
    },
  },
  'a guard closes without a beat': {
    rules: {
      guardLooked: (guard, startedAt, outcome, timing) => {
        const next = realRules.guardLooked(guard, startedAt, outcome, timing);
        return next.openUntil === undefined ? next : { ...next, openUntil: Number.POSITIVE_INFINITY };
      },
    },
  },
  'a guard lets writes pass to the writer alone': {
    rules: {
      guardLooked: (guard, startedAt, outcome, timing) =>
        realRules.guardLooked(
          guard,
          startedAt,
          outcome.is === 'there'
            ? {
                is: 'there',
                seen: {
                  ...outcome.seen,
                  record: { ...outcome.seen.record, writer: outcome.seen.record.holder },
                },
              }
            : outcome,
          timing,
        ),
    },
  },
  'a primary that is not the last writer takes no lease': {
    rules: {
      nextAct: (known, around, now, timing) =>
        realRules.nextAct(
          known.seen !== undefined && around.role === 'primary'
            ? { ...known, seen: { ...known.seen, record: { ...known.seen.record, writer: known.site } } }
            : known,
          around,
          now,
          timing,
        ),
    },
  },
};

function noWait(known: Controller): Controller {
  return known.waitUntil === undefined ? known : { ...known, waitUntil: 0 };
}
