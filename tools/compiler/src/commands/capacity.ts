import { type Diagnostic, hasErrors } from '@fluxwright/diagnostics';
import { type CapacityLedger, capacityLedger } from '../capacity/capacity-ledger.ts';
import { overBudget } from '../capacity/over-budget.ts';
import { openLine } from '../line/open-line.ts';
import { runOne } from '../line/run-one.ts';

export interface CapacityOptions {
  /** The workspace. */
  readonly root: string;
  readonly cluster: string;
  /** Folder of packaged charts, from `root`; `charts` by default. What is in it counts as rendered, the rest as its footprint says. */
  readonly charts?: string;
}

export interface CapacityResult {
  /** Absent where the cluster does not compile as far as render. */
  readonly ledger?: CapacityLedger;
  readonly diagnostics: readonly Diagnostic[];
  /** Text of every file that was read, for printers. */
  readonly sources: ReadonlyMap<string, string>;
}

/** Makes the capacity ledger of a cluster, in memory; over budget is among the findings. */
export async function capacity({ root, cluster, charts }: CapacityOptions): Promise<CapacityResult> {
  using line = openLine({ root, clusters: [cluster], charts });
  const { rendered, diagnostics, sources } = await runOne(line, 'order');
  if (rendered === undefined || hasErrors(diagnostics)) return { diagnostics, sources };
  const { value: ledger, diagnostics: found } = capacityLedger(rendered);
  return { ledger, diagnostics: [...diagnostics, ...found, ...overBudget(ledger, rendered.cluster)], sources };
}
