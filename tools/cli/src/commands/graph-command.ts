import { loadWorkspace, resolveCluster } from '@fluxwright/model';
import { formatGraph, type GraphFormat } from '../graph/format-graph.ts';
import { stageGraph } from '../graph/stage-graph.ts';
import { printFindings } from './print-findings.ts';

interface GraphOptions {
  readonly root: string;
  readonly cluster: string;
  readonly format: GraphFormat;
}

/** Prints the order of a cluster. Findings of its manifests go to stderr; with an error there is no order to print. */
export function graphCommand({ root, cluster, format }: GraphOptions): number {
  const workspace = loadWorkspace(root, { clusters: [cluster] });
  const { sources } = workspace.value;
  const resolved = resolveCluster(workspace.value, cluster);
  if (resolved.value === undefined) {
    const diagnostics = [...workspace.diagnostics, ...resolved.diagnostics];
    return printFindings({ diagnostics, sources }, 'text');
  }
  process.stdout.write(formatGraph[format](stageGraph(resolved.value)));
  return printFindings({ diagnostics: resolved.diagnostics, sources }, 'text');
}
