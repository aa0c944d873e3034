import type { JsonValue } from '@fluxwright/documents';
import { evaluateExpression, reportUnset } from './evaluate-expression.ts';
import type { Range, Statement } from './template.ts';
import { type Piece, report, type Scope, type TemplateRun } from './template-run.ts';
import { isTruthy, lookUp, type TrackedValue } from './tracked-value.ts';
import { weightOf } from './work-budget.ts';

type Of<Type extends Statement['type']> = Extract<Statement, { type: Type }>;

/** Runs statements in order; what they write goes to the run's output with its origin. */
export function runStatements(run: TemplateRun, scope: Scope, statements: readonly Statement[]): void {
  for (const statement of statements) {
    run.budget.spendSteps(1);
    switch (statement.type) {
      case 'content':
        write(run, statement.text, { type: 'content', source: statement.range, reads: [] });
        break;
      case 'print':
        runPrint(run, scope, statement);
        break;
      case 'if':
        runIf(run, scope, statement);
        break;
      case 'each':
        runEach(run, scope, statement);
        break;
      default:
        runWith(run, scope, statement);
    }
  }
}

function write(run: TemplateRun, text: string, piece: Omit<Piece, 'start'>): void {
  if (text === '') return;
  run.budget.spendCharacters(text.length);
  run.pieces.push({ ...piece, start: run.length });
  run.output.push(text);
  run.length += text.length;
}

function runPrint(run: TemplateRun, scope: Scope, { expression, range }: Of<'print'>): void {
  const value = evaluateExpression(run, scope, expression);
  if (value.failed) return;
  if (value.data === null) {
    reportUnset(run, value, expression);
  } else if (typeof value.data === 'object') {
    const form = Array.isArray(value.data) ? 'list' : 'map';
    report(run, range, {
      code: 'render/wrong-type',
      message: `"${value.text}" is a ${form} and cannot be printed as text`,
      help: `write {{toYaml ${run.template.text.slice(expression.range.start, expression.range.end)}}}, with indent where it is nested`,
    });
  } else {
    write(run, String(value.data), { type: 'print', source: range, reads: value.reads });
  }
}

function runIf(run: TemplateRun, scope: Scope, { condition, negated, body, otherwise }: Of<'if'>): void {
  const value = evaluateExpression(run, scope, condition);
  if (value.failed) return;
  runStatements(run, scope, isTruthy(value.data) !== negated ? body : otherwise);
}

function runWith(run: TemplateRun, scope: Scope, { subject, parameters, body, otherwise }: Of<'with'>): void {
  const value = evaluateExpression(run, scope, subject);
  if (value.failed) return;
  const isEmpty = !isTruthy(value.data) && value.data !== 0;
  if (isEmpty) runStatements(run, scope, otherwise);
  else runStatements(run, { ...scope, value, outer: scope, parameters: bind(scope, parameters, [value]) }, body);
}

function runEach(run: TemplateRun, scope: Scope, statement: Of<'each'>): void {
  const list = evaluateExpression(run, scope, statement.subject);
  if (list.failed) return;
  if (list.data !== null && typeof list.data !== 'object') {
    reportScalarLoop(run, statement.range, list);
    return;
  }
  run.budget.spendSteps(weightOf(list.data));
  const keys = Object.keys(list.data ?? {});
  if (keys.length === 0) runStatements(run, scope, statement.otherwise);
  for (const [index, key] of keys.entries()) {
    const round = loopRound(list, { key, index, count: keys.length });
    const parameters = bind(scope, statement.parameters, [round.item, round.key]);
    const loop = { ...round, ...(scope.loop ? { outer: scope.loop } : {}) };
    runStatements(run, { value: round.item, outer: scope, loop, parameters }, statement.body);
  }
}

function loopRound(list: TrackedValue, at: { key: string; index: number; count: number }) {
  const item = lookUp(list, at.key);
  if ('reason' in item) throw new Error('a key of the list is not in the list');
  const named = (data: JsonValue): TrackedValue => ({ ...item, data, direct: false });
  return {
    item,
    index: named(at.index),
    key: named(Array.isArray(list.data) ? at.index : at.key),
    first: named(at.index === 0),
    last: named(at.index === at.count - 1),
  };
}

function reportScalarLoop(run: TemplateRun, range: Range, value: TrackedValue): void {
  report(run, range, {
    code: 'render/wrong-type',
    message: `"#each" takes a list or a map, but "${value.text}" is a ${typeof value.data}`,
  });
}

function bind(scope: Scope, names: readonly string[], values: readonly TrackedValue[]): Scope['parameters'] {
  if (names.length === 0) return scope.parameters;
  return new Map([...scope.parameters, ...names.map((name, at) => [name, values[at] as TrackedValue] as const)]);
}
