import type { Diagnostic } from '@fluxwright/diagnostics';
import type { JsonPath } from '@fluxwright/documents';
import type { Range, Template } from './template.ts';
import type { TemplateContext } from './template-context.ts';
import type { TrackedValue } from './tracked-value.ts';
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
