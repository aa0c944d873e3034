import { type BillFormat, formatBill, images } from '@fluxwright/compiler';
import { printResult } from '../print/print-result.ts';
import { printFindings } from './print-findings.ts';

interface ImagesCommand {
  readonly root: string;
  readonly cluster: string;
  readonly format: BillFormat;
  readonly charts?: string;
}

/** Prints every image and chart of a cluster. */
export async function imagesCommand({ format, ...asked }: ImagesCommand): Promise<number> {
  const { bill, diagnostics, sources } = await images(asked);
  if (bill !== undefined) printResult(formatBill[format](bill));
  return printFindings({ diagnostics, sources }, 'text');
}
