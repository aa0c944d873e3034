import type { Component, StageName } from '../load/workspace.ts';

/** The stages of a component: `install`, and `configure` where it has such templates. The last one comes last. */
export function stagesOf(component: Component): readonly StageName[] {
  return component.templates.configure.length > 0 ? ['install', 'configure'] : ['install'];
}

/** The stage after which a component is complete. */
export function lastStage(component: Component): StageName {
  return component.templates.configure.length > 0 ? 'configure' : 'install';
}
