import { type Diagnostic, type DiagnosticCode, diagnostic } from '@fluxwright/diagnostics';
import type { JsonPath } from '@fluxwright/documents';
import { type Range, type Template, templateSpan } from './template.ts';
import type { TemplateContext } from './template-context.ts';
import { failedValue, type TrackedValue } from './tracked-value.ts';
import type { WorkBudget } from './work-budget.ts';

/** A stretch of the output and the statement that wrote it. */
export interface Piece {
  /** Offset of its first character in the output; it ends where the next piece begins. */
  readonly start: number;
  /** Stretch of the template: for content, character by character what was written. */
  readonly source: Range;
  readonly type: 'content' | 'print';
  /** Context paths behind what was printed. */
  readonly reads: readonly JsonPath[];
}

/** One render under way. Only the functions of this folder change it. */
export interface TemplateRun {
  readonly template: Template;
  readonly context: TemplateContext;
  readonly budget: WorkBudget;
  readonly root: TrackedValue;
  readonly output: string[];
  readonly pieces: Piece[];
  length: number;
  /** By position and message, so that a loop reports a fault once. */
  readonly findings: Map<string, Diagnostic>;
}

/** What names mean at one place of a running template. */
export interface Scope {
  readonly value: TrackedValue;
  /** Scope of `../`. */
  readonly outer?: Scope;
  readonly loop?: Loop;
  readonly parameters: ReadonlyMap<string, TrackedValue>;
}

/** The `@` names of one round of `#each`. */
export interface Loop {
  readonly index: TrackedValue;
  readonly key: TrackedValue;
  readonly first: TrackedValue;
  readonly last: TrackedValue;
  /** Loop of `@../`. */
  readonly outer?: Loop;
}

interface Fault {
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
