import { type Diagnostic, diagnostic } from '@fluxwright/diagnostics';
import type { JsonObject } from '@fluxwright/documents';
import { runStatements } from './run-statements.ts';
import { mapShape } from './shape.ts';
import { type Template, templateSpan } from './template.ts';
import { rootNames, type TemplateContext } from './template-context.ts';
import type { Piece, TemplateRun } from './template-run.ts';
import type { TrackedValue } from './tracked-value.ts';
import { BudgetExceeded, defaultLimits, type Limits, workBudget } from './work-budget.ts';

/** What a template wrote, and which statement wrote which characters. */
export interface Rendering {
  readonly text: string;
  /** Ascending by `start`, without gaps. */
  readonly pieces: readonly Piece[];
  /** Every fault met; `text` has holes where there are any. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Runs a template. Same template and context, same result: no clock, locale or order of files takes part. Work and
 * output are bounded by `limits` (render/limit).
 */
export function renderTemplate(
  template: Template,
  context: TemplateContext,
  limits: Limits = defaultLimits,
): Rendering {
  const run: TemplateRun = {
    template,
    context,
    budget: workBudget(limits),
    root: rootValue(context),
    output: [],
    pieces: [],
    length: 0,
    findings: new Map(),
  };
  try {
    runStatements(run, { value: run.root, parameters: new Map() }, template.body);
  } catch (error) {
    if (!(error instanceof BudgetExceeded)) throw error;
    const message = `the template needs more than ${error.limit}`;
    // The tag that ran when the work became too much: the last to write, or the first of the template.
    const range = run.pieces.at(-1)?.source ?? template.body[0]?.range ?? { start: 0, end: 1 };
    run.findings.set('limit', diagnostic('render/limit', { message, primary: templateSpan(template, range) }));
  }
  return { text: run.output.join(''), pieces: run.pieces, diagnostics: [...run.findings.values()] };
}

function rootValue({ roots }: TemplateContext): TrackedValue {
  const data = Object.fromEntries(rootNames.map((name) => [name, roots[name].value])) as JsonObject;
  const shape = mapShape(Object.fromEntries(rootNames.map((name) => [name, roots[name].shape])));
  return { data, reads: [[]], direct: true, shape, text: '' };
}
