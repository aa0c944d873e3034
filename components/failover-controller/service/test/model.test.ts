import { describe, expect, test } from 'vitest';
import { parseLease } from '../src/lease/lease-record.ts';
import { defaultTiming, takeoverBound } from '../src/timing.ts';
import { mutations } from './model/mutations.ts';
import { type Faults, fluxBound, randomFaults, runSchedule } from './model/schedule.ts';
import { realRules, type Site } from './model/site.ts';

/** 10,000 take a minute; FAILOVER_SCHEDULES asks for others. */
const schedules = Number(process.env.FAILOVER_SCHEDULES ?? 10_000);
const bound = takeoverBound(defaultTiming) + fluxBound;

const cut = ({ line }: Site, is: boolean): void => {
  line.cut = is;
};
const reach = (site: Site, witnesses: number): void => {
  site.witnesses = witnesses;
};

describe('a pair in simulated time', () => {
  test(`of ${schedules} random schedules none has two sides that take writes, and each has one again after it`, () => {
    let promotions = 0;
    for (let seed = 1; seed <= schedules; seed += 1) {
      const { breaches, healed, events, promotions: made } = runSchedule(seed, randomFaults(seed));
      const shown = `seed ${seed}:\n${events.join('\n')}`;
      expect(breaches, shown).toEqual([]);
      expect(healed, shown).toBeDefined();
      promotions += made;
    }
    // A model in which nothing happens proves nothing.
    expect(promotions).toBeGreaterThan(schedules / 10);
  });

  const known: Readonly<Record<string, Faults>> = {
    'the primary is lost for good': ({ a }, at) => {
      at(120_000, 'cut a', () => {
        a.line.cut = true;
        a.pause(10_000_000);
      });
      return 120_000 + bound;
    },
    'both are cut off from the store': ({ a, b }, at) => {
      for (const site of [a, b]) at(120_000, `cut ${site.name}`, () => cut(site, true));
      return 600_000;
    },
    'the primary comes back while the other waits for its fence': ({ a }, at) => {
      at(120_000, 'cut a', () => cut(a, true));
      at(185_000, 'mend a', () => cut(a, false));
      return 400_000;
    },
    'the primary comes back long after it was taken over': ({ a }, at) => {
      at(120_000, 'cut a', () => cut(a, true));
      at(900_000, 'mend a', () => cut(a, false));
      return 1_000_000;
    },
    'who takes over stops before it opens, and wakes after the primary has the lease again': ({ a, b }, at) => {
      at(120_000, 'cut a', () => cut(a, true));
      at(190_000, 'pause b', () => b.pause(300_000));
      at(200_000, 'mend a', () => cut(a, false));
      return 700_000;
    },
    'the line of the primary flaps each few seconds': ({ a }, at) => {
      for (let time = 120_000; time < 600_000; time += 7_000)
        at(time, 'flap a', () => {
          a.line.cut = !a.line.cut;
        });
      return 600_001;
    },
    'all witnesses of the standby lie that it is cut off': ({ a, b }, at) => {
      at(100_000, 'witnesses b', () => reach(b, 0));
      at(120_000, 'cut a', () => cut(a, true));
      return 400_000;
    },
  };
  test.each(Object.keys(known))('%s', (name) => {
    for (let seed = 1; seed <= 50; seed += 1) {
      const { breaches, healed, events } = runSchedule(seed, known[name] ?? (() => 0));
      expect(breaches, events.join('\n')).toEqual([]);
      expect(healed).toBeDefined();
    }
  });

  test('a side that reaches no quorum of witnesses does not take over', () => {
    const { promotions } = runSchedule(1, ({ a, b }, at) => {
      at(100_000, 'witnesses b', () => reach(b, 1));
      at(120_000, 'cut a', () => cut(a, true));
      at(899_000, 'mend a', () => cut(a, false));
      return 900_000;
    });
    expect(promotions).toBe(0);
  });

  test('after the primary is lost, the other takes writes within the time that is printed', () => {
    for (let seed = 1; seed <= 50; seed += 1) {
      const { healed } = runSchedule(seed, ({ a }, at) => {
        at(120_000, 'lose a', () => {
          a.line.cut = true;
          a.pause(10_000_000);
        });
        return 120_001;
      });
      expect(healed).toBeLessThanOrEqual(bound);
    }
  });

  test.each(Object.keys(mutations))('without the rule that %s, a schedule shows it', (name) => {
    const { rules, faults, timing } = mutations[name] ?? { rules: {} };
    const shown = (): boolean => {
      for (let seed = 1; seed <= 1_000; seed += 1)
        if (runSchedule(seed, faults ?? randomFaults(seed), { ...realRules, ...rules }, timing).breaches.length > 0)
          return true;
      return false;
    };
    expect(shown()).toBe(true);
  });
});

describe('a lease that cannot be read', () => {
  test.each(['', '[]', 'null', '{"holder": "a"}', '{"holder":"a","writer":"a","epoch":1.5,"beat":1,"mark":""}'])(
    'is nobody’s: %s',
    (text) => {
      expect(() => parseLease(text)).toThrow(/^the lease /);
    },
  );
});
