import type { Diagnostic } from '@fluxwright/diagnostics';
import { capacityLedger } from '../capacity/capacity-ledger.ts';
import { overBudget } from '../capacity/over-budget.ts';
import type { CheckContext } from './check.ts';

/** The nodes of the cluster carry its workloads, also when one of them is lost. */
export function capacityBudget({ rendered }: CheckContext): readonly Diagnostic[] {
  const { value, diagnostics } = capacityLedger(rendered);
  return [...diagnostics, ...overBudget(value, rendered.cluster)];
}
