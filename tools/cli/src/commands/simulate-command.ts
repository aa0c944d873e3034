import { simulate, treeAtRevision } from '@fluxwright/compiler';
import { formatSimulation, type SimulationFormat } from '@fluxwright/flux';
import { printResult } from '../print/print-result.ts';
import { printFindings } from './print-findings.ts';

interface SimulateCommand {
  readonly root: string;
  readonly cluster: string;
  /** Git revision of the tree that the cluster has applied; an empty cluster by default. */
  readonly from?: string;
  /** Folder of packaged charts; charts/ by default. */
  readonly charts?: string;
  readonly format: SimulationFormat;
}

/** Prints what Flux does with a cluster's tree. What never becomes ready is an error. */
export async function simulateCommand({ from, format, ...asked }: SimulateCommand): Promise<number> {
  const previous = from === undefined ? undefined : treeAtRevision({ ...asked, revision: from });
  const result = await simulate({ ...asked, ...(previous && { previous }) });
  if (result.simulation !== undefined) printResult(formatSimulation(result.simulation, format));
  return printFindings(result, 'text');
}
