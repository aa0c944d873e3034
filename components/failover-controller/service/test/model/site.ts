import type { Controller, Role, Surroundings } from '../../src/controller/controller.ts';
import { learnRead, learnWrite } from '../../src/controller/learn.ts';
import { nextAct } from '../../src/controller/next-act.ts';
import { type Guard, guardLooked, mayPass } from '../../src/guard/guard.ts';
import type { Timing } from '../../src/timing.ts';
import type { Random } from './random.ts';
import { type Clock, type Line, type Store, shows, type Time } from './world.ts';

/** The rules as they are, or with one broken, to see that the model notices. */
export interface Rules {
  readonly nextAct: typeof nextAct;
  readonly learnRead: typeof learnRead;
  readonly learnWrite: typeof learnWrite;
  readonly guardLooked: typeof guardLooked;
}
export const realRules: Rules = { nextAct, learnRead, learnWrite, guardLooked };

/** One side: a controller, guards on two nodes, its tree and the lines out of it. */
export class Site {
  readonly line: Line = { cut: false, slow: 200 };
  /** Witnesses it reaches of three; others lie or are slow. */
  witnesses = 3;
  role: Role;
  /** Of its guards: whether the node lets writes pass, delayed by what Cilium takes. */
  readonly open = [false, false];
  /** How often its main was moved to the failover commit. */
  promotions = 0;
  #controller: Controller;
  readonly #guards: Guard[];
  readonly #clocks: readonly Clock[];
  /** Not before this time does it do anything: paused, or restarting. */
  readonly #asleep = [0, 0, 0];
  #processes = 0;
  #busy = false;
  #moving = false;
  readonly name: string;
  readonly #time: Time;
  readonly #random: Random;
  readonly #store: Store;
  readonly #timing: Timing;
  readonly #rules: Rules;
  readonly #changed: () => void;

  constructor(
    name: string,
    role: Role,
    world: { time: Time; random: Random; store: Store; timing: Timing; rules: Rules; changed: () => void },
  ) {
    this.name = name;
    this.role = role;
    this.#time = world.time;
    this.#random = world.random;
    this.#store = world.store;
    this.#timing = world.timing;
    this.#rules = world.rules;
    this.#changed = world.changed;
    const { drift } = world.timing;
    // The worst that clocks may do: one site's run slow, the other's fast, or anything between.
    this.#clocks = [0, 1, 2].map(() => ({
      from: world.random.between(0, 1e9),
      rate: world.random.pick([1 - drift, 1, 1 + drift]),
    }));
    this.#controller = this.#newController();
    this.#guards = [{ site: name }, { site: name }];
    this.#tick(0);
    this.#guard(0);
    this.#guard(1);
  }

  /** The controller's process ends, and another one begins after a while. */
  crash(): void {
    this.#controller = this.#newController();
    this.#busy = false;
    this.#asleep[0] = this.#time.now + this.#random.between(1_000, 20_000);
  }

  /** The controller stops for a while, in the middle of what it does. */
  pause(duration: number): void {
    this.#asleep[0] = this.#time.now + duration;
  }

  /** A guard hangs until its probe restarts it, which is within half the time that a fence may take. */
  hang(index: 0 | 1): void {
    this.#asleep[index + 1] = this.#time.now + this.#random.between(0, this.#timing.fence / 2);
  }

  /** A person adopts what happened: its tree says standby from now on. */
  adopt(): void {
    this.role = 'standby';
  }

  #newController(): Controller {
    this.#processes += 1;
    return { site: this.name, process: String(this.#processes), writes: 0 };
  }

  #around(): Surroundings {
    return {
      role: this.role,
      failoverReady: this.role === 'standby',
      witnesses: { reached: this.witnesses, quorum: 2 },
    };
  }

  #clock(index: number): number {
    return shows(this.#clocks[index] ?? { from: 0, rate: 1 }, this.#time);
  }

  #tick(wait: number): void {
    this.#time.after(wait, () => {
      if (!this.#busy && this.#time.now >= (this.#asleep[0] ?? 0)) this.#step();
      this.#tick(2_000);
    });
  }

  #step(): void {
    const decided = this.#rules.nextAct(this.#controller, this.#around(), this.#clock(0), this.#timing);
    this.#controller = decided.controller;
    const { act } = decided;
    if (act === undefined) return;
    const startedAt = this.#clock(0);
    const { process } = this.#controller;
    // Between deciding and doing, and between an answer and seeing it, a process may stop for long.
    const whenAwake = (run: () => void): void => {
      const asleep = this.#asleep[0] ?? 0;
      if (this.#time.now >= asleep) run();
      else this.#time.at(asleep, run);
    };
    if (act.do === 'fast-forward') {
      if (this.#moving) return;
      this.#moving = true;
      this.promotions += 1;
      // Also a process that has lost the lease meanwhile may still do what it had decided.
      this.#time.after(this.#random.between(1_000, 90_000), () => {
        this.role = 'primary';
        this.#moving = false;
      });
      return;
    }
    this.#busy = true;
    const learn = (next: (known: Controller, now: number) => Controller): void =>
      whenAwake(() => {
        if (this.#controller.process !== process) return;
        this.#busy = false;
        this.#controller = next(this.#controller, this.#clock(0));
      });
    if (act.do === 'read')
      this.#store.read(this.line, (outcome) =>
        learn((known, now) => this.#rules.learnRead(known, startedAt, now, outcome, this.#timing)),
      );
    else
      this.#store.write(this.line, act.record, act.onto, (outcome) =>
        learn((known, now) => this.#rules.learnWrite(known, act, startedAt, now, outcome, this.#timing)),
      );
  }

  #guard(index: 0 | 1): void {
    const round = (): void => {
      this.#time.after(this.#timing.every, round);
      if (this.#time.now < (this.#asleep[index + 1] ?? 0)) return;
      const startedAt = this.#clock(index + 1);
      this.#store.read(this.line, (outcome) => {
        const guard = this.#guards[index];
        if (guard === undefined || this.#time.now < (this.#asleep[index + 1] ?? 0)) return;
        this.#guards[index] = this.#rules.guardLooked(guard, startedAt, outcome, this.#timing);
        this.#judge(index);
        this.#judgeAtDeadline(index);
      });
    };
    this.#time.after(this.#random.between(0, this.#timing.every), round);
  }

  /** A guard that hangs when its time is over closes when its probe has restarted it. */
  #judgeAtDeadline(index: 0 | 1): void {
    const { openUntil } = this.#guards[index] ?? {};
    if (openUntil === undefined) return;
    const { from, rate } = this.#clocks[index + 1] ?? { from: 0, rate: 1 };
    this.#time.at(Math.max((openUntil - from) / rate + 1, this.#asleep[index + 1] ?? 0), () => this.#judge(index));
  }

  /** What a guard wants is so after Cilium has read it. */
  #judge(index: 0 | 1): void {
    const guard = this.#guards[index];
    const pass = guard !== undefined && mayPass(guard, this.#clock(index + 1));
    if (pass === this.open[index]) return;
    const delay = this.#random.between(0, pass ? 1_000 : this.#timing.fence / 2 - 2_000);
    const judged = pass;
    this.#time.after(delay, () => {
      const still = this.#guards[index];
      // Opening late is checked again: the guard writes nothing that its deadline forbids.
      if (judged && !(still !== undefined && mayPass(still, this.#clock(index + 1)))) return;
      this.open[index] = judged;
      this.#changed();
    });
  }
}
