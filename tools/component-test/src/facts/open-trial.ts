import { type Line, type ReleaseTrial, releaseTrial, runLine } from '@fluxwright/compiler';
import { type Diagnostic, hasErrors } from '@fluxwright/diagnostics';
import type { Component, ComponentTest, ResolvedCluster } from '@fluxwright/model';
import { caseWorkspace, testCluster } from '../case/case-workspace.ts';

/** The release of a component in the case that its facts are of. */
export interface OpenedTrial {
  readonly trial: ReleaseTrial;
  readonly test: ComponentTest;
  /** The other cases that are expected to compile. */
  readonly others: readonly ComponentTest[];
}

/** Why there is none. */
export interface NoTrial {
  readonly says: string;
  readonly diagnostics: readonly Diagnostic[];
}

/** Opens the release of a component in its case `defaults`, or in the first that is expected to compile, with its chart at hand. */
export async function openTrial(
  line: Pick<Line, 'workspace' | 'context'>,
  component: Component,
  tests: readonly ComponentTest[],
): Promise<OpenedTrial | NoTrial> {
  const good = tests.filter(({ spec }) => spec.expect.diagnostic === undefined);
  const test = good.find(({ name }) => name === 'defaults') ?? good[0];
  if (test === undefined) return { says: 'it has no test case that compiles', diagnostics: [] };
  const { release, diagnostics } = await openCase(line, component, test);
  if (release === undefined) return { says: `its case "${test.name}" does not compile`, diagnostics };
  const trial = releaseTrial(release, line.context);
  if (trial === undefined) return { says: 'its chart is not at hand', diagnostics: [] };
  return { trial, test, others: good.filter((each) => each !== test) };
}

export interface OpenedCase {
  readonly release?: Parameters<typeof releaseTrial>[0];
  readonly diagnostics: readonly Diagnostic[];
}

/** The HelmRelease of a component in the cluster of a case. */
export async function openCase(
  line: Pick<Line, 'workspace' | 'context'>,
  component: Component,
  test: ComponentTest,
): Promise<OpenedCase> {
  const workspace = caseWorkspace(line.workspace, component, test);
  const { rendered, diagnostics } = await runLine(workspace, testCluster, { ...line.context, until: 'order' });
  const release = rendered?.resources.find(
    ({ kind, name, origin }) =>
      kind === 'HelmRelease' && name === component.name && origin.stage?.component === component.name,
  );
  if (rendered === undefined || release === undefined || hasErrors(diagnostics)) return { diagnostics };
  const cluster: ResolvedCluster = rendered.cluster;
  return { release: { component, cluster, release }, diagnostics };
}
