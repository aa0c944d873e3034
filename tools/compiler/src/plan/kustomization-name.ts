import type { StageId } from '@fluxwright/model';

/** Name of the FluxKustomization that applies a stage. */
export function kustomizationName({ component, stage }: StageId): string {
  return stage === 'install' ? component : `${component}-${stage}`;
}
