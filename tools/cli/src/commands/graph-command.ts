import { order } from '@fluxwright/compiler';
import { formatGraph, type GraphFormat } from '../graph/format-graph.ts';
import { stageGraph } from '../graph/stage-graph.ts';
import { printResult } from '../print/print-result.ts';
import { printFindings } from './print-findings.ts';

interface GraphOptions {
  readonly root: string;
  readonly cluster: string;
  readonly format: GraphFormat;
  readonly charts?: string;
}

/** Prints the order of a cluster. Findings go to stderr; where the cluster does not compile there is no order to print. */
export async function graphCommand({ format, ...asked }: GraphOptions): Promise<number> {
  const { order: found, diagnostics, sources } = await order(asked);
  if (found !== undefined) printResult(formatGraph[format](stageGraph(found)));
  return printFindings({ diagnostics, sources }, 'text');
}
