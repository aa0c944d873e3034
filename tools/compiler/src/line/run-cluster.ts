import { type Diagnostic, hasErrors } from '@fluxwright/diagnostics';
import { failoverWorkspace, type Workspace } from '@fluxwright/model';
import type { OutputTree } from '../data/output-tree.ts';
import { type LineContext, type LineEnd, type LineResult, runLine } from './run-line.ts';

/** What a cluster became, and what it would be without the other one of its pair. */
export interface ClusterRun extends LineResult {
  /** Its failover tree, proved: present where the cluster was proved and has copies of what the other one writes. */
  readonly failover?: OutputTree;
}

/**
 * Runs the line for a cluster, and, where it is to be proved and has copies, once more for its failover tree: a cluster that could
 * not take over is not good (docs/decisions/0120). What is wrong with both is said once.
 */
export async function runCluster(
  workspace: Workspace,
  name: string,
  options: LineContext & { readonly until?: LineEnd },
): Promise<ClusterRun> {
  const own = await runLine(workspace, name, options);
  const { until = 'proof' } = options;
  if (until !== 'proof' || own.tree === undefined) return own;
  const without = failoverWorkspace(workspace, name);
  if (without === undefined) return own;
  const { tree: failover, diagnostics } = await runLine(without, name, options);
  const known = new Set(own.diagnostics.map(placeOf));
  const found = diagnostics.filter((each) => !known.has(placeOf(each))).map((each) => asPrimary(name, each));
  const { tree, ...rest } = own;
  return {
    ...rest,
    diagnostics: [...own.diagnostics, ...found],
    ...(!hasErrors(found) && { tree }),
    ...(failover && { failover }),
  };
}

function asPrimary(name: string, found: Diagnostic): Diagnostic {
  return { ...found, message: `in the failover tree of "${name}": ${found.message}` };
}

function placeOf({ code, primary }: Diagnostic): string {
  return JSON.stringify([code, primary]);
}
