import { type LineContext, type RenderedCluster, runLine } from '@fluxwright/compiler';
import { type Diagnostic, diagnostic, hasErrors } from '@fluxwright/diagnostics';
import type { Component, ComponentTest, Workspace } from '@fluxwright/model';
import { caseWorkspace, testCluster } from './case/case-workspace.ts';
import { failure } from './case-context.ts';
import { checkDiagnostic } from './check-diagnostic.ts';
import { checkFiles } from './check-files.ts';
import { checkObjects } from './check-objects.ts';
import { checkOrder } from './check-order.ts';
import { checkServices } from './check-services.ts';

/** What came of a case. */
export interface CaseResult {
  readonly test: ComponentTest;
  /** What it does not keep; [] where it passes. */
  readonly failures: readonly Diagnostic[];
  /** Present where the cluster compiled as far as that, errors or not. */
  readonly rendered?: RenderedCluster;
}

/** Compiles the cluster of a case, every check and proof included, and compares what comes out with what is expected. */
export async function runCase(
  workspace: Workspace,
  { component, test }: { readonly component: Component; readonly test: ComponentTest },
  context: LineContext,
): Promise<CaseResult> {
  const compiled = await runLine(caseWorkspace(workspace, component, test), testCluster, context);
  const { rendered } = compiled;
  // The name of the trial cluster tells a reader nothing.
  const found = compiled.diagnostics.map(({ cluster: _, ...each }) => each);
  const unwanted = [...checkDiagnostic(test, found), ...(rendered || hasErrors(found) ? [] : [blocked(test)])];
  if (rendered === undefined) return { test, failures: [...unwanted, ...notReached(test, unwanted)] };
  const failures = [
    ...unwanted,
    ...checkObjects({ component, test, rendered }),
    ...checkOrder({ component, test, rendered }),
    ...checkServices({ component, test, rendered }),
    ...checkFiles({ component, test, rendered }),
  ];
  return { test, failures, rendered };
}

/** Resolve says nothing about what load could not read: load has said it. */
function blocked({ name, document }: ComponentTest): Diagnostic {
  return diagnostic('test/not-compiled', {
    message: `test case "${name}" does not compile`,
    primary: document.locate(['metadata', 'name']),
    note: 'it needs a part of the workspace that cannot be read',
    help: 'mend that part first',
  });
}

/** Expectations on a tree that an expected error leaves unmade would never be looked at. */
function notReached(test: ComponentTest, unwanted: readonly Diagnostic[]): readonly Diagnostic[] {
  const keys = ['objects', 'order', 'services', 'files'] as const;
  const key = keys.find((each) => test.spec.expect[each] !== undefined);
  if (unwanted.length > 0 || key === undefined) return [];
  return [
    failure(
      'test/not-compiled',
      { test },
      {
        at: [key],
        part: 'key',
        message: `test case "${test.name}" expects an error and what comes after it`,
        note: 'nothing is rendered after that error',
        help: 'make two cases of it',
      },
    ),
  ];
}
