import { type Diagnostic, diagnostic } from '@fluxwright/diagnostics';
import { type JsonObject, type JsonPath, type JsonValue, memo } from '@fluxwright/documents';
import { evaluateExpression, reportUnset } from './evaluate-expression.ts';
import { runStatements } from './run-statements.ts';
import { mapShape } from './shape.ts';
import { type Expression, type Template, templateSpan } from './template.ts';
import { eachRoot, type TemplateContext } from './template-context.ts';
import type { Piece, Scope, TemplateRun } from './template-run.ts';
import { failedValue, type TrackedValue } from './tracked-value.ts';
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
  const run = startRun(template, context, limits);
  withinBudget(run, () => runStatements(run, scopeOf(run), template.body));
  return { text: run.output.join(''), pieces: run.pieces, diagnostics: [...run.findings.values()] };
}

/** What an expression comes to. */
export interface Evaluation {
  /** null where there is a finding. */
  readonly value: JsonValue;
  /** Context paths the value was made of. */
  readonly reads: readonly JsonPath[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Evaluates one expression of a template, of any type; render/missing-value where it is not set. Bounded as a render is. */
export function evaluateTemplate(template: Template, context: TemplateContext, expression: Expression): Evaluation {
  const run = startRun(template, context, defaultLimits);
  let found = failedValue;
  withinBudget(run, () => {
    const value = evaluateExpression(run, scopeOf(run), expression);
    found = value.failed || value.data !== null ? value : reportUnset(run, value, expression);
  });
  return { value: found.data, reads: found.reads, diagnostics: [...run.findings.values()] };
}

function startRun(template: Template, context: TemplateContext, limits: Limits): TemplateRun {
  return {
    template,
    context,
    budget: workBudget(limits),
    root: rootValue(context),
    output: [],
    pieces: [],
    length: 0,
    findings: new Map(),
  };
}

function scopeOf({ root }: TemplateRun): Scope {
  return { value: root, parameters: new Map() };
}

function withinBudget(run: TemplateRun, work: () => void): void {
  const { template } = run;
  try {
    work();
  } catch (error) {
    if (!(error instanceof BudgetExceeded)) throw error;
    const message = `the template needs more than ${error.limit}`;
    // The tag that ran when the work became too much: the last to write, or the first of the template.
    const range = run.pieces.at(-1)?.source ?? template.body[0]?.range ?? { start: 0, end: 1 };
    run.findings.set('limit', diagnostic('render/limit', { message, primary: templateSpan(template, range) }));
  }
}

/** The same for all templates and texts of a component. */
const rootValue = memo(({ roots }: TemplateContext): TrackedValue => {
  const data = eachRoot(roots, ({ value }) => value) as JsonObject;
  const shape = mapShape(eachRoot(roots, (root) => root.shape));
  return { data, reads: [[]], direct: true, shape, text: '' };
});
