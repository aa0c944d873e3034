import type { Component, ServiceStage, StageName, TemplateStage } from '../load/workspace.ts';
import type { ResolvedRequest } from './resolved-cluster.ts';

const stageNames: readonly StageName[] = ['services', 'install', 'configure', 'attach', 'pair'];

/** True for a stage beside what runs: it says nothing of whether its component does, and nobody that runs waits for it. */
export function isBeside(stage: StageName): boolean {
  return stage === 'attach' || stage === 'pair';
}

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
export function allStages(
  component: Component,
  services: readonly ResolvedRequest[],
  isPaired: boolean,
): readonly StageName[] {
  const having = (stage: ServiceStage): readonly ServiceStage[] =>
    services.some((each) => each.consumer === component.name && each.stage === stage) ? [stage] : [];
  const crosses = (isPaired && component.pair.length > 0) || isCopied(component.name, services);
  return [...having('services'), ...stagesOf(component), ...having('attach'), ...(crosses ? (['pair'] as const) : [])];
}

/** True where services of a component are copied to the other cluster, or from there. */
export function isCopied(consumer: string, services: readonly ResolvedRequest[]): boolean {
  return services.some((each) => each.consumer === consumer && each.pair !== undefined);
}
