import { type Diagnostic, hasErrors } from '@fluxwright/diagnostics';
import type { StageEdge, StageId } from '@fluxwright/model';
import { openLine } from '../line/open-line.ts';
import { runOne } from '../line/run-one.ts';
import { orderCycles } from '../prove/prove-order.ts';

export interface OrderOptions {
  /** The workspace. */
  readonly root: string;
  readonly cluster: string;
  /** Folder of packaged charts, from `root`; `charts` by default. Delivery `rendered` needs them. */
  readonly charts?: string;
}

/** The order in which Flux applies a cluster. */
export interface ClusterOrder {
  readonly cluster: string;
  /** Stages that have objects. */
  readonly stages: readonly StageId[];
  /** Acyclic: what manifests say and what objects need, each with its reasons. */
  readonly edges: readonly StageEdge[];
}

export interface OrderResult {
  /** Absent where the cluster does not compile, or its order is a circle. */
  readonly order?: ClusterOrder;
  readonly diagnostics: readonly Diagnostic[];
  /** Text of every file that was read, for printers. */
  readonly sources: ReadonlyMap<string, string>;
}

/** Compiles a cluster in memory as far as render, and gives the order of its FluxKustomizations. */
export async function order({ root, cluster, charts }: OrderOptions): Promise<OrderResult> {
  using line = openLine({ root, clusters: [cluster], charts });
  const { rendered, diagnostics, sources } = await runOne(line, 'order');
  if (rendered === undefined || hasErrors(diagnostics)) return { diagnostics, sources };
  const found = [...diagnostics, ...orderCycles(rendered)];
  if (hasErrors(found)) return { diagnostics: found, sources };
  const { stages, edges } = rendered;
  return { order: { cluster, stages, edges }, diagnostics: found, sources };
}
