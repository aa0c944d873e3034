import { type ExplanationFormat, explain, formatExplanation } from '@fluxwright/compiler';
import { printResult } from '../print/print-result.ts';
import { printFindings } from './print-findings.ts';

interface ExplainCommand {
  readonly root: string;
  readonly cluster: string;
  readonly object: string;
  readonly path?: string;
  readonly format: ExplanationFormat;
  readonly charts?: string;
}

/** Prints where an object or a value came from. Where that cannot be told, the findings say why; then 1. */
export async function explainCommand({ format, ...asked }: ExplainCommand): Promise<number> {
  const { explanation, diagnostics, sources } = await explain(asked);
  if (explanation === undefined) {
    printFindings({ diagnostics, sources }, 'text');
    return 1;
  }
  printResult(formatExplanation(explanation, format));
  return 0;
}
