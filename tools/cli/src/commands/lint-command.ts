import type { DiagnosticFormat } from '@fluxwright/diagnostics';
import { lintFolder } from '@fluxwright/flux';
import { printResult } from '../print/print-result.ts';
import { printFindings } from './print-findings.ts';

interface LintCommand {
  /** A tree that anybody wrote. */
  readonly folder: string;
  /** Version of Flux. */
  readonly flux: string;
  readonly format: DiagnosticFormat;
}

/** Prints what the rules for a Flux find in a tree. */
export async function lintCommand({ folder, flux, format }: LintCommand): Promise<number> {
  const { diagnostics, sources, objects } = await lintFolder({ folder, flux });
  if (format === 'text') printResult(`${folder}: ${objects} objects for Flux ${flux}\n`);
  return printFindings({ diagnostics, sources }, format);
}
