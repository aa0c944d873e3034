import type { Moved, Standing } from '../git/fast-forward.ts';
import type { LeaseStore } from '../lease/read-outcome.ts';
import type { Given } from '../settings/settings.ts';
import type { Timing } from '../timing.ts';
import type { Act, Controller, Surroundings } from './controller.ts';
import { learnRead, learnWrite } from './learn.ts';
import { nextAct } from './next-act.ts';

export interface ControllerParts {
  readonly site: string;
  readonly process: string;
  readonly timing: Timing;
  readonly quorum: number;
  readonly dryRun: boolean;
  readonly store: LeaseStore;
  readonly now: () => number;
  readonly leads: () => Promise<boolean>;
  readonly given: () => Given;
  readonly witnesses: () => Promise<number>;
  readonly standing: () => Promise<Standing>;
  readonly fastForward: (epoch: number, because: string) => Promise<Moved>;
  /** What was done, or would be in a dry run, for log, metrics and Events. */
  readonly tell: (act: Act, outcome: string, because: string) => void;
  readonly saw: (controller: Controller, around: Surroundings) => void;
}

/** Between two looks at witnesses and the home repository, in beats. */
const slower = 6;

/**
 * Does one round of the controller, and is to be called each second: asks who leads, looks around, and does at most one
 * act. All that goes wrong is told and tried again in a later round; a round never throws.
 */
export function runController(parts: ControllerParts): () => Promise<void> {
  const { site, process, timing, now, dryRun } = parts;
  let controller: Controller = { site, process, writes: 0 };
  let around: Surroundings = { failoverReady: false, witnesses: { reached: 0, quorum: parts.quorum } };
  let lookedAround = Number.NEGATIVE_INFINITY;
  let movedAt = Number.NEGATIVE_INFINITY;

  const lookAround = async (): Promise<void> => {
    const { role, override } = parts.given();
    const { failoverReady, witnesses } = around;
    around = { failoverReady, witnesses, ...(role && { role }), ...(override && { override }) };
    if (now() - lookedAround < slower * timing.every) return;
    lookedAround = now();
    const [reached, standing] = await Promise.all([parts.witnesses(), parts.standing().catch(() => undefined)]);
    around = {
      ...around,
      failoverReady: standing?.is === 'ready',
      witnesses: { reached, quorum: parts.quorum },
    };
  };

  const because = (): string => {
    const { reason } = parts.given();
    return reason ?? `the lease of ${controller.seen?.record.writer ?? 'nobody'} had expired`;
  };

  const act = async (act: Act): Promise<void> => {
    const startedAt = now();
    if (act.do === 'read') {
      controller = learnRead(controller, startedAt, now(), await parts.store.read(), timing);
      return;
    }
    if (dryRun) return parts.tell(act, 'dry run', because());
    if (act.do === 'write') {
      const outcome = await parts.store.write(act.record, act.onto);
      controller = learnWrite(controller, act, startedAt, now(), outcome, timing);
      parts.tell(act, outcome.is === 'unknown' ? outcome.why : outcome.is, because());
      return;
    }
    // Once is enough for a while: the tree must come back with another role.
    if (now() - movedAt < slower * timing.every) return;
    movedAt = now();
    parts.tell(act, (await parts.fastForward(act.epoch, because())).is, because());
  };

  return async () => {
    try {
      if (!(await parts.leads())) {
        // What it knew grows old while another one acts.
        controller = { site, process, writes: controller.writes };
        return;
      }
      await lookAround();
      const decided = nextAct(controller, around, now(), timing);
      controller = decided.controller;
      if (decided.act !== undefined) await act(decided.act);
      parts.saw(controller, around);
    } catch (error) {
      parts.tell({ do: 'read' }, (error as Error).message, 'a round failed');
    }
  };
}
