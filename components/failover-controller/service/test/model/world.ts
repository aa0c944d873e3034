import type { LeaseRecord } from '../../src/lease/lease-record.ts';
import type { ReadOutcome, WriteOutcome } from '../../src/lease/read-outcome.ts';
import type { Random } from './random.ts';

/** Something that happens at a time. */
interface Due {
  readonly at: number;
  readonly order: number;
  readonly run: () => void;
}

/** Simulated time in milliseconds: what is due runs in its order, and nothing takes time but what says so. */
export class Time {
  now = 0;
  #order = 0;
  readonly #due: Due[] = [];

  at(time: number, run: () => void): void {
    const due = { at: Math.max(time, this.now), order: this.#order++, run };
    let low = 0;
    let high = this.#due.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const other = this.#due[middle];
      if (other !== undefined && (other.at > due.at || (other.at === due.at && other.order > due.order)))
        low = middle + 1;
      else high = middle;
    }
    this.#due.splice(low, 0, due);
  }

  after(delay: number, run: () => void): void {
    this.at(this.now + delay, run);
  }

  runUntil(end: number): void {
    for (let next = this.#due.at(-1); next !== undefined && next.at <= end; next = this.#due.at(-1)) {
      this.#due.pop();
      this.now = next.at;
      next.run();
    }
    this.now = end;
  }
}

/** A clock of a machine: from somewhere, and too fast or too slow by a fraction. */
export interface Clock {
  readonly from: number;
  readonly rate: number;
}

export const shows = ({ from, rate }: Clock, time: Time): number => from + time.now * rate;

/** How a line between a site and the store is. */
export interface Line {
  cut: boolean;
  /** Milliseconds of the way of one message, at most. */
  slow: number;
}

/** A linearizable object with conditional writes, behind lines that delay and lose. */
export class Store {
  #etag = 0;
  #record: LeaseRecord | undefined;
  /** The site that its own bookkeeping has as the last to become writer. */
  readonly time: Time;
  readonly random: Random;
  readonly request: number;

  constructor(time: Time, random: Random, request: number) {
    this.time = time;
    this.random = random;
    this.request = request;
  }

  read(line: Line, done: (outcome: ReadOutcome) => void): void {
    this.#ask<ReadOutcome>(
      line,
      () =>
        this.#record === undefined
          ? { is: 'absent' }
          : { is: 'there', seen: { record: this.#record, etag: String(this.#etag) } },
      (outcome) => done(outcome ?? { is: 'unknown', why: 'no answer' }),
    );
  }

  write(line: Line, record: LeaseRecord, onto: string | undefined, done: (outcome: WriteOutcome) => void): void {
    this.#ask<WriteOutcome>(
      line,
      () => {
        if (onto !== (this.#record === undefined ? undefined : String(this.#etag))) return { is: 'refused' };
        this.#record = record;
        this.#etag += 1;
        return { is: 'written', etag: String(this.#etag) };
      },
      (outcome) => done(outcome ?? { is: 'unknown', why: 'no answer' }),
    );
  }

  /** A request arrives after a while or never, its answer too, and who asked gives up after `request`. */
  #ask<T>(line: Line, serve: () => T, done: (outcome: T | undefined) => void): void {
    let over = false;
    const end = (outcome: T | undefined): void => {
      if (over) return;
      over = true;
      done(outcome);
    };
    this.time.after(this.request, () => end(undefined));
    if (line.cut) return;
    // One in thirty is stuck on the way and arrives long after who sent it has given up.
    const way = this.random.oneIn(30) ? this.random.between(0, 60_000) : this.random.between(1, line.slow);
    this.time.after(way, () => {
      const outcome = serve();
      if (line.cut || this.random.oneIn(40)) return;
      this.time.after(this.random.between(1, line.slow), () => end(outcome));
    });
  }
}
