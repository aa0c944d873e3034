import { type Diagnostic, hasErrors } from '@fluxwright/diagnostics';
import { loadWorkspace, resolveCluster } from '@fluxwright/model';
import { defaultCharts, openCharts } from './engines/chart-library.ts';
import { openEngines } from './engines/engines.ts';
import { planCluster } from './plan/plan-cluster.ts';
import { makeRenderCache } from './render/render-cache.ts';
import { renderWithEngines } from './render/render-with-engines.ts';
import type { RenderPlan } from './render-plan.ts';
import type { RenderedCluster } from './rendered-cluster.ts';

export interface RenderedOne {
  /** Absent where a stage before found an error. */
  readonly rendered?: RenderedCluster;
  readonly plan?: RenderPlan;
  readonly diagnostics: readonly Diagnostic[];
  /** Text of every file that was read, for printers. */
  readonly sources: ReadonlyMap<string, string>;
}

/** One cluster in memory, as far as render: load → resolve → plan → render. `charts` is a folder, from `root`. */
export async function renderOne(root: string, name: string, charts = defaultCharts): Promise<RenderedOne> {
  const { value: workspace, diagnostics: read } = loadWorkspace(root, { clusters: [name] });
  const { sources } = workspace;
  const found: Diagnostic[] = [...read];
  if (!workspace.clusterNames.includes(name)) return { diagnostics: found, sources };
  const resolved = resolveCluster(workspace, name);
  found.push(...resolved.diagnostics);
  if (resolved.value === undefined || hasErrors(found)) return { diagnostics: found, sources };
  const plan = planCluster(resolved.value);
  using engines = openEngines({ charts: openCharts(root, charts) });
  const rendered = await renderWithEngines(resolved.value, plan.value, { cache: makeRenderCache(), engines });
  found.push(...plan.diagnostics, ...rendered.diagnostics);
  return hasErrors(found)
    ? { diagnostics: found, sources }
    : { rendered: rendered.value, plan: plan.value, diagnostics: found, sources };
}
