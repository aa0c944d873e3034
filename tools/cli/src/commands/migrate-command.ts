import { resolve } from 'node:path';
import { changes, treeAtRevision, writeTree } from '@fluxwright/compiler';
import { hasErrors } from '@fluxwright/diagnostics';
import { formatChangePlan } from '@fluxwright/flux';
import { printResult } from '../print/print-result.ts';
import { printFindings } from './print-findings.ts';

interface MigrateCommand {
  readonly root: string;
  readonly cluster: string;
  /** Git revision of the old tree; that on the disk by default. */
  readonly from?: string;
  /** Folder of the trees, from the root. */
  readonly output?: string;
  /** Folder of packaged charts; charts/ by default. */
  readonly charts?: string;
}

/**
 * Writes the tree of the first commit of a migration, and prints all its steps. Where nothing has to be held it writes
 * nothing. What no mark can save stays an error.
 */
export async function migrateCommand({ from, output = 'generated', ...asked }: MigrateCommand): Promise<number> {
  const { root, cluster } = asked;
  const previous = from === undefined ? undefined : treeAtRevision({ root, cluster, revision: from });
  const { plan, hold, diagnostics, sources } = await changes({ ...asked, ...(previous && { previous }) });
  if (plan === undefined) return printFindings({ diagnostics, sources }, 'text');
  printResult(formatChangePlan(plan, 'text'));
  if (hold === undefined) {
    printResult('Nothing has to be held: publish the new tree.\n');
    return printFindings({ diagnostics, sources }, 'text');
  }
  const outputRoot = resolve(root, output);
  const written = writeTree(outputRoot, hold, root);
  if (!hasErrors(written.diagnostics))
    printResult(`The tree of the commit before is in ${output}/${cluster}: ${written.written.length} files written.\n`);
  return printFindings({ diagnostics: written.diagnostics, sources }, 'text');
}
