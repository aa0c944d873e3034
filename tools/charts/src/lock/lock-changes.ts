import { type ChartsLock, chartKey, type LockedChart, type LockedSource, sourceKey } from '@fluxwright/model';
import type { Pins } from './chart-pins.ts';

/** How a lock stands to what components ask for. */
export interface LockState {
  readonly kept: ChartsLock;
  /** Asked for, and not in the lock, or without the signer that a component asks for. */
  readonly missing: Pins;
  /** In the lock, and asked for by nobody. */
  readonly stale: ChartsLock;
}

/** Compares a lock with the pins. Several components may ask for one chart: it is missing for the first of them. */
export function lockState(pins: Pins, lock: ChartsLock): LockState {
  // Of components that share a chart, one that asks who signed it decides.
  const asking = [...pins.charts].sort(({ keyring }) => (keyring === undefined ? 1 : -1));
  const charts = new Map(asking.map((pin) => [chartKey(pin), pin]).reverse() as [string, (typeof pins.charts)[0]][]);
  const sources = new Map(
    pins.sources.map((pin) => [sourceKey(pin), pin]).reverse() as [string, (typeof pins.sources)[0]][],
  );
  const isKept = (each: LockedChart): boolean => {
    const pin = charts.get(chartKey(each));
    return pin !== undefined && (pin.keyring === undefined || each.signedBy !== undefined);
  };
  const locked = new Set([...lock.charts.filter(isKept).map(chartKey), ...lock.sources.map(sourceKey)]);
  return {
    kept: {
      charts: lock.charts.filter(isKept),
      sources: lock.sources.filter((each) => sources.has(sourceKey(each))),
    },
    missing: {
      charts: [...charts]
        .filter(([key]) => !locked.has(key))
        .map(([, pin]) => pin)
        .reverse(),
      sources: [...sources]
        .filter(([key]) => !locked.has(key))
        .map(([, pin]) => pin)
        .reverse(),
    },
    stale: {
      charts: lock.charts.filter((each) => !charts.has(chartKey(each))),
      sources: lock.sources.filter((each) => !sources.has(sourceKey(each))),
    },
  };
}

/** What a new lock changes, a line each: `+` new, `-` gone, `~` another version of the same chart. */
export function formatLockChanges(before: ChartsLock, after: ChartsLock): readonly string[] {
  const rows = (lock: ChartsLock): readonly Row[] => [
    ...lock.charts.map((each) => ({
      name: `${each.repository} ${each.chart}`,
      shown: each.chart,
      version: each.version,
      content: each.digest,
      signedBy: each.signedBy,
    })),
    ...lock.sources.map((each) => ({
      name: `${each.git} ${each.path}`,
      shown: repositoryName(each),
      version: refOf(each),
      content: each.commit,
    })),
  ];
  const names = [...new Set([...rows(before), ...rows(after)].map(({ name }) => name))].sort();
  return names.flatMap((name) => {
    const [old, now] = [before, after].map((lock) => rows(lock).filter((row) => row.name === name));
    const gone = (old ?? []).filter((row) => !now?.some((each) => isSame(row, each)));
    const made = (now ?? []).filter((row) => !old?.some((each) => isSame(row, each)));
    const [from, to] = [gone[0], made[0]];
    const [signed] = (now ?? []).filter(
      (row) => row.signedBy !== undefined && old?.some((each) => isSame(row, each) && each.signedBy !== row.signedBy),
    );
    if (signed !== undefined) return [`~ ${signed.shown} ${signed.version} signed by ${signed.signedBy}`];
    if (gone.length === 1 && made.length === 1 && from !== undefined && to !== undefined)
      return [`~ ${to.shown} ${from.version} → ${to.version} ${to.content}`];
    return [
      ...gone.map((row) => `- ${row.shown} ${row.version}`),
      ...made.map((row) => `+ ${row.shown} ${row.version} ${row.content}`),
    ];
  });
}

interface Row {
  readonly name: string;
  readonly shown: string;
  readonly version: string;
  readonly content: string;
  readonly signedBy?: string | undefined;
}

function isSame(left: Row, right: Row): boolean {
  return left.version === right.version && left.content === right.content;
}

function repositoryName({ git }: LockedSource): string {
  return (
    git
      .split('/')
      .at(-1)
      ?.replace(/\.git$/, '') ?? git
  );
}

function refOf({ ref }: LockedSource): string {
  return 'tag' in ref ? ref.tag : ref.commit;
}

export type { LockedChart };
