import { type Diagnostic, hasErrors } from '@fluxwright/diagnostics';
import { failoverWorkspace } from '@fluxwright/model';
import { type CapacityLedger, capacityLedger } from '../capacity/capacity-ledger.ts';
import { overBudget } from '../capacity/over-budget.ts';
import { openLine } from '../line/open-line.ts';
import { runLine } from '../line/run-line.ts';
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

/**
 * Makes the capacity ledger of a cluster, in memory; over budget is among the findings. Where the cluster has copies of what another
 * one writes, the ledger is that of its failover tree: its nodes have to carry that, too.
 */
export async function capacity({ root, cluster, charts }: CapacityOptions): Promise<CapacityResult> {
  using line = openLine({ root, clusters: [cluster], charts });
  const { workspace, context } = line;
  const own = await runOne(line, 'order');
  const { diagnostics, sources } = own;
  if (own.rendered === undefined || hasErrors(diagnostics)) return { diagnostics, sources };
  const without = failoverWorkspace(workspace, cluster);
  const counted = without === undefined ? own : await runLine(without, cluster, { ...context, until: 'order' });
  const { rendered } = counted;
  if (rendered === undefined || hasErrors(counted.diagnostics)) return { diagnostics: counted.diagnostics, sources };
  const { value, diagnostics: found } = capacityLedger(rendered);
  const ledger = without === undefined ? value : { ...value, tree: 'failover' as const };
  return { ledger, diagnostics: [...diagnostics, ...found, ...overBudget(ledger, rendered.cluster)], sources };
}
