import { helpForUnknown } from './help-for-unknown.ts';
import type { PathExpression } from './template.ts';
import type { RootName } from './template-context.ts';
import { type Loop, report, type Scope, type TemplateRun } from './template-run.ts';
import { type LookUpFailure, lookUp, type TrackedValue } from './tracked-value.ts';

/** The value a path names; null data where it is declared but not set. Reports names that cannot exist. */
export function evaluatePath(run: TemplateRun, scope: Scope, path: PathExpression): TrackedValue {
  const start = startOf(run, scope, path);
  if (start === undefined) {
    return report(run, path.range, {
      code: 'render/unknown-value',
      message: `"${path.text}" means nothing here`,
      help: path.root.kind === 'loop' ? 'it exists only inside {{#each}}' : 'there are not that many blocks around it',
    });
  }
  let at = start;
  for (const key of path.keys) {
    run.budget.spendSteps(1);
    const next = lookUp(at, key);
    if ('reason' in next) return reportLookUp(run, path, { holder: at, key, failure: next });
    at = next;
  }
  return at;
}

function startOf(run: TemplateRun, scope: Scope, { root }: PathExpression): TrackedValue | undefined {
  switch (root.kind) {
    case 'root':
      return run.root;
    case 'parameter':
      return scope.parameters.get(root.name);
    case 'loop':
      return outward<Loop>(scope.loop, root.up)?.[root.name];
    default:
      return outward<Scope>(scope, root.up)?.value;
  }
}

function outward<T extends { readonly outer?: T }>(from: T | undefined, steps: number): T | undefined {
  let at = from;
  for (let step = 0; step < steps; step += 1) at = at?.outer;
  return at;
}

interface FailedLookUp {
  readonly holder: TrackedValue;
  readonly key: string;
  readonly failure: LookUpFailure;
}

function reportLookUp(run: TemplateRun, path: PathExpression, { holder, key, failure }: FailedLookUp): TrackedValue {
  if (holder.failed) return holder;
  const name = holder.text === '' ? key : `${holder.text}.${key}`;
  if (failure.reason === 'scalar') {
    return report(run, path.range, {
      code: 'render/unknown-value',
      message: `"${name}" does not exist: ${holder.text} is a ${typeof holder.data}`,
    });
  }
  const root = holder.reads[0]?.[0] as RootName | undefined;
  return report(run, path.range, {
    code: 'render/unknown-value',
    message: `there is no "${name}"`,
    help: helpForUnknown({ key, shape: holder.shape, root: root && run.context.roots[root] }),
  });
}
