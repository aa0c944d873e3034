import type { Component, StageName, TemplateStage } from '../load/workspace.ts';

const stageNames: readonly StageName[] = ['services', 'install', 'configure'];

/** True for the name of a stage. */
export function isStageName(text: string | undefined): text is StageName {
  return (stageNames as readonly (string | undefined)[]).includes(text);
}

/** The stages that a component's own files make: `install`, and `configure` where it has such templates. The last one comes last. */
export function stagesOf(component: Component): readonly TemplateStage[] {
  return component.templates.configure.length > 0 ? ['install', 'configure'] : ['install'];
}

/** The stage after which a component is complete. */
export function lastStage(component: Component): TemplateStage {
  return component.templates.configure.length > 0 ? 'configure' : 'install';
}
