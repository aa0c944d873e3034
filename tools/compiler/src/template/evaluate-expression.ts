import type { JsonPath } from '@fluxwright/documents';
import { evaluatePath } from './evaluate-path.ts';
import { anyShape } from './shape.ts';
import type { CallExpression, Expression } from './template.ts';
import type { RootName } from './template-context.ts';
import { templateFunctions } from './template-functions.ts';
import { report, type Scope, type TemplateRun } from './template-run.ts';
import { failedValue, literalValue, type TrackedValue } from './tracked-value.ts';
import { weightOf } from './work-budget.ts';

/** The value of an expression; a failed one where it was reported. */
export function evaluateExpression(run: TemplateRun, scope: Scope, expression: Expression): TrackedValue {
  run.budget.spendSteps(1);
  switch (expression.type) {
    case 'literal':
      return literalValue(expression.value);
    case 'path':
      return evaluatePath(run, scope, expression);
    default:
      return evaluateCall(run, scope, expression);
  }
}

function evaluateCall(run: TemplateRun, scope: Scope, call: CallExpression): TrackedValue {
  const called = templateFunctions.get(call.name);
  if (!called) throw new Error(`the parser let an unknown function through: ${call.name}`);
  const parameters = call.parameters.map((each) => evaluateExpression(run, scope, each));
  if (parameters.some((each) => each.failed)) return failedValue;
  if (!called.acceptsUnset) {
    const unset = parameters.findIndex((each) => each.data === null);
    if (unset !== -1) return reportUnset(run, parameters[unset] as TrackedValue, call.parameters[unset] as Expression);
  }
  const data = parameters.map((each) => each.data);
  run.budget.spendSteps(data.reduce<number>((sum, each) => sum + weightOf(each), 0));
  const result = called.call(data, run.context);
  if ('parameter' in result) return parameters[result.parameter] ?? failedValue;
  if ('refused' in result) {
    const code = result.missing ? 'render/missing-value' : 'render/helper-failed';
    const message = result.missing ? result.refused : `"${call.name}" ${result.refused}`;
    return report(run, call.range, {
      code,
      message,
      help: result.missing ? howToSet(run, parameters.at(-1)) : `write {{${called.usage}}}`,
    });
  }
  if (typeof result.value === 'string') run.budget.spendCharacters(result.value.length);
  return { data: result.value, reads: unionOf(parameters), direct: false, shape: anyShape, text: `(${call.name} …)` };
}

/** Reports that a value which must be there is not set. */
export function reportUnset(run: TemplateRun, value: TrackedValue, expression: Expression): TrackedValue {
  const name = value.text || run.template.text.slice(expression.range.start, expression.range.end);
  return report(run, expression.range, {
    code: 'render/missing-value',
    message: `"${name}" is not set`,
    help: howToSet(run, value) ?? 'ask for it with {{#if}} first',
  });
}

function howToSet(run: TemplateRun, value: TrackedValue | undefined): string | undefined {
  const name = value?.reads[0]?.[0] as RootName | undefined;
  const root = name && run.context.roots[name];
  return root && `${root.setBy}, or ask for it with {{#if}} first`;
}

function unionOf(parameters: readonly TrackedValue[]): readonly JsonPath[] {
  const [first, ...more] = parameters.filter((each) => each.reads.length > 0);
  if (!first || more.length === 0) return first?.reads ?? [];
  return [
    ...new Map([first, ...more].flatMap((each) => each.reads.map((path) => [JSON.stringify(path), path]))).values(),
  ];
}
