import { defaultTiming, type Timing, takeoverBound } from '../../src/timing.ts';
import { type Random, random } from './random.ts';
import { type Rules, realRules, Site } from './site.ts';
import { Store, Time } from './world.ts';

/** What a schedule showed. */
export interface Outcome {
  /** Each breach in words, with its time. */
  readonly breaches: readonly string[];
  /** From the end of all faults until a primary took writes, in milliseconds; undefined: it never did. */
  readonly healed: number | undefined;
  /** How often a side was made primary. */
  readonly promotions: number;
  /** The faults, in words. */
  readonly events: readonly string[];
}

/** Faults of a schedule at their times. */
export type Faults = (sites: { a: Site; b: Site }, at: (time: number, what: string, run: () => void) => void) => number;

/** What Flux and operators take after a fast-forward at most, in the model. */
export const fluxBound = 90_000;

/**
 * Runs a pair for a while with faults, then heals everything and waits.
 *
 * At no moment may nodes of both sides let writes pass. And no side may take writes with data that is not the latest:
 * it was the last writer, or it followed the last one and was promoted.
 */
export function runSchedule(
  seed: number,
  faults: Faults,
  rules: Rules = realRules,
  timing: Timing = defaultTiming,
): Outcome {
  const time = new Time();
  const chance = random(seed);
  const store = new Store(time, chance, timing.request);
  const breaches: string[] = [];
  const events: string[] = [];
  let head = 'a';
  let promotions = 0;
  const isOpen = (site: Site): boolean => site.open.some(Boolean);
  /** `site` is the only one open, and was not the last that was. */
  const tookOver = (site: Site): void => {
    if (site.role !== 'standby' && site.promotions === 0)
      breaches.push(`${Math.round(time.now)}: ${site.name} lets writes pass to old data`);
    head = site.name;
    promotions += 1;
    for (const other of [a, b]) if (other !== site) other.promotions = 0;
  };
  const changed = (): void => {
    const [first, second] = [a, b].filter(isOpen);
    if (second !== undefined) breaches.push(`${Math.round(time.now)}: both let writes pass`);
    else if (first !== undefined && first.name !== head) tookOver(first);
  };
  const world = { time, random: chance, store, timing, rules, changed };
  const a: Site = new Site('a', 'primary', world);
  const b: Site = new Site('b', 'standby', world);
  time.runUntil(60_000);
  const end = faults({ a, b }, (at, what, run) =>
    time.at(at, () => {
      events.push(`${Math.round(at)}: ${what}`);
      run();
    }),
  );
  time.runUntil(end);
  for (const site of [a, b]) {
    site.line.cut = false;
    site.line.slow = 200;
    site.witnesses = 3;
  }
  const writes = (): boolean => [a, b].some((site) => isOpen(site) && site.role === 'primary');
  // What is stuck on the way for a minute belongs to the faults.
  const limit = takeoverBound(timing) + fluxBound + 60_000;
  let healed: number | undefined;
  for (let waited = 0; waited <= limit && healed === undefined; waited += 500) {
    time.runUntil(end + waited);
    if (writes()) healed = waited;
  }
  time.runUntil(end + limit + 120_000);
  return { breaches, healed, promotions, events };
}

type Fault = (site: Site, other: Site, chance: Random) => void;
const faults: Readonly<Record<string, Fault>> = {
  cut: (site) => {
    site.line.cut = true;
  },
  slow: (site, _, chance) => {
    site.line.slow = chance.between(500, 6_000);
  },
  crash: (site) => site.crash(),
  pause: (site, _, chance) => site.pause(chance.between(500, chance.oneIn(3) ? 20_000 : 240_000)),
  hang: (site, _, chance) => site.hang(chance.pick([0, 1])),
  witnesses: (site, _, chance) => {
    site.witnesses = Math.floor(chance.between(0, 4));
  },
  adopt: (site, other) => {
    if (site.role === 'primary' && other.role === 'primary' && other.open.some(Boolean)) site.adopt();
  },
};
const kinds = ['cut', 'cut', 'flap', ...Object.keys(faults)];
const mend = (site: Site): void => {
  site.line.cut = false;
  site.line.slow = 200;
};

/** Faults at random: lines cut, slow and flapping, processes that crash, stop and hang, witnesses that lie, a person who adopts. */
export const randomFaults =
  (seed: number): Faults =>
  ({ a, b }, at) => {
    const chance = random(seed ^ 0x5bd1e995);
    const count = Math.floor(chance.between(1, 14));
    let latest = 60_000;
    for (let n = 0; n < count; n += 1) {
      const [site, other] = chance.pick([[a, b] as const, [b, a] as const]);
      const from = 60_000 + chance.between(0, 600_000);
      const until = from + chance.between(500, chance.oneIn(3) ? 20_000 : 240_000);
      latest = Math.max(latest, until);
      const kind = chance.pick(kinds);
      const fault = faults[kind] ?? flap;
      const times = kind === 'flap' ? flips(from, until, chance) : [from];
      for (const time of times) at(time, `${kind} ${site.name}`, () => fault(site, other, chance));
      if (['cut', 'flap', 'slow'].includes(kind)) at(until, `mend ${site.name}`, () => mend(site));
    }
    return latest + 1;
  };

const flap: Fault = (site) => {
  site.line.cut = !site.line.cut;
};
function flips(from: number, until: number, chance: Random): readonly number[] {
  const times: number[] = [];
  for (let time = from; time < until; time += chance.between(1_000, 40_000)) times.push(time);
  return times;
}
