import type { Component, ServiceStage, StageName, TemplateStage } from '../load/workspace.ts';
import type { ResolvedRequest } from './resolved-cluster.ts';

const stageNames: readonly StageName[] = ['services', 'install', 'configure', 'attach'];

/** True for the name of a stage. */
export function isStageName(text: string | undefined): text is StageName {
  return (stageNames as readonly (string | undefined)[]).includes(text);
}

/** The stages that a component's own files make: `install`, and `configure` where it has such templates. The last one comes last. */
export function stagesOf(component: Component): readonly TemplateStage[] {
  return component.templates.configure.length > 0 ? ['install', 'configure'] : ['install'];
}

/** The stage after which a component is complete: what is attached to it later is no part of that. */
export function lastStage(component: Component): TemplateStage {
  return component.templates.configure.length > 0 ? 'configure' : 'install';
}

/** All stages of a component: its own, between those that hold what others make for it. */
export function allStages(component: Component, services: readonly ResolvedRequest[]): readonly StageName[] {
  const having = (stage: ServiceStage): readonly ServiceStage[] =>
    services.some((each) => each.consumer === component.name && each.stage === stage) ? [stage] : [];
  return [...having('services'), ...stagesOf(component), ...having('attach')];
}
