import { changes, treeAtRevision } from '@fluxwright/compiler';
import { type ChangeFormat, formatChangePlan } from '@fluxwright/flux';
import { printResult } from '../print/print-result.ts';
import { printFindings } from './print-findings.ts';

interface ChangesCommand {
  readonly root: string;
  readonly cluster: string;
  /** Git revision of the old tree; that on the disk by default. */
  readonly from?: string;
  /** Folder of packaged charts; charts/ by default. */
  readonly charts?: string;
  readonly format: ChangeFormat;
}

/** Prints which objects a change loses, moves or makes anew, and the safe way. Losses that nobody acknowledged are errors. */
export async function changesCommand({ from, format, ...asked }: ChangesCommand): Promise<number> {
  const previous = from === undefined ? undefined : treeAtRevision({ ...asked, revision: from });
  const result = await changes({ ...asked, ...(previous && { previous }) });
  if (result.plan !== undefined) printResult(formatChangePlan(result.plan, format));
  return printFindings(result, 'text');
}
