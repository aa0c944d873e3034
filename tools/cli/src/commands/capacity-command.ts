import { capacity, formatLedger, type LedgerFormat } from '@fluxwright/compiler';
import { printResult } from '../print/print-result.ts';
import { printFindings } from './print-findings.ts';

interface CapacityCommand {
  readonly root: string;
  readonly cluster: string;
  readonly format: LedgerFormat;
  readonly charts?: string;
}

/** Prints what a cluster asks of its nodes. Over budget is an error, and the table is printed all the same. */
export async function capacityCommand({ format, ...asked }: CapacityCommand): Promise<number> {
  const { ledger, diagnostics, sources } = await capacity(asked);
  if (ledger !== undefined) printResult(formatLedger[format](ledger));
  return printFindings({ diagnostics, sources }, 'text');
}
