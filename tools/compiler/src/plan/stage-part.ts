import type { StageId } from '@fluxwright/model';
import { stageKey } from '@fluxwright/model';

/**
 * A part of an install stage that delivers a rendered chart, applied on its own: the definitions, what Helm runs before
 * an install, what it runs after (docs/decisions/0010). The rest is the stage itself.
 */
export type StagePart = 'crds' | 'before' | 'after';

/** The folder of a stage or a part of it, from the cluster's output folder. */
export function stageFolder({ component, stage }: StageId, part?: StagePart): string {
  return `components/${component}/${part ?? stage}`;
}

/** The folder of the stage that a path of a tree lies in. */
export function stageFolderOf(path: string): string {
  return path.split('/').slice(0, 3).join('/');
}

/** Name of the FluxKustomization that applies a stage or a part of it. */
export function partName(id: StageId, part?: StagePart): string {
  return part === undefined ? stageKey(id) : `${id.component}-${part}`;
}

/** Which parts the stages of a cluster have. */
export interface StageParts {
  /** Names of the FluxKustomizations that come before a stage, or before a part of it. */
  before(id: StageId, part: StagePart | undefined): readonly string[];
  /** Name of the one that is applied last: the stage is complete when it is ready. */
  last(id: StageId): string;
}

/** Reads the parts off a cluster's stages. */
export function partsOf(stages: readonly { readonly id: StageId; readonly part?: StagePart }[]): StageParts {
  const present = new Set(stages.map(({ id, part }) => partName(id, part)));
  const named = (id: StageId, ...parts: StagePart[]): string[] =>
    id.stage === 'install' ? parts.map((part) => partName(id, part)).filter((name) => present.has(name)) : [];
  return {
    before: (id, part) => {
      if (part === 'crds') return [];
      if (part === 'before') return named(id, 'crds');
      return part === 'after' ? [partName(id)] : named(id, 'crds', 'before');
    },
    last: (id) => named(id, 'after')[0] ?? partName(id),
  };
}
