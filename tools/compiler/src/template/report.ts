import { type DiagnosticCode, diagnostic } from '@fluxwright/diagnostics';
import { type Range, templateSpan } from './template.ts';
import type { TemplateRun } from './template-run.ts';
import { failedValue, type TrackedValue } from './tracked-value.ts';

export interface Fault {
  readonly code: DiagnosticCode;
  readonly message: string;
  readonly help?: string | undefined;
  readonly note?: string;
}

/** Records a fault of the template at `range`, once; the value it stands for is a failed one. */
export function report(run: TemplateRun, range: Range, { code, help, ...fields }: Fault): TrackedValue {
  const primary = templateSpan(run.template, range);
  run.findings.set(
    `${range.start} ${fields.message}`,
    diagnostic(code, { ...fields, primary, ...(help === undefined ? {} : { help }) }),
  );
  return failedValue;
}
