import type { JsonValue } from '@fluxwright/documents';
import { memo } from '@fluxwright/documents';

/** Thrown when a template has used up what it may use; caught where the render began. */
export class BudgetExceeded extends Error {
  readonly limit: string;
  constructor(limit: string) {
    super(limit);
    this.limit = limit;
  }
}

/** Steps and characters one render may use: counted, not timed, so that every machine stops at the same place. */
export interface Limits {
  readonly steps: number;
  readonly characters: number;
}

/** A step takes well under a microsecond; an API server takes no object over 3 MiB, etcd none over 1.5 MiB. */
export const defaultLimits: Limits = { steps: 1_000_000, characters: 4 * 1024 * 1024 };

/** Counts what a render uses. */
export interface WorkBudget {
  /** Throws BudgetExceeded past the limit. */
  spendSteps(count: number): void;
  /** Charges text that is written or held; throws BudgetExceeded past the limit. */
  spendCharacters(count: number): void;
}

export function workBudget(limits: Limits): WorkBudget {
  let steps = 0;
  let characters = 0;
  return {
    spendSteps(count) {
      steps += count;
      if (steps > limits.steps) throw new BudgetExceeded(`${limits.steps} steps`);
    },
    spendCharacters(count) {
      characters += count;
      if (characters > limits.characters) throw new BudgetExceeded(`${limits.characters} characters`);
    },
  };
}

const weightOfParts = memo((value: object) =>
  Object.values(value).reduce<number>((sum, each) => sum + weightOf(each as JsonValue), 1),
);

/** Steps that looking at the whole of a value takes. */
export function weightOf(value: JsonValue): number {
  if (typeof value === 'string') return 1 + (value.length >> 6);
  if (value === null || typeof value !== 'object') return 1;
  return weightOfParts(value);
}
