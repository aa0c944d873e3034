import { memo } from '@fluxwright/documents';
import type { Component } from '@fluxwright/model';
import type { RenderedObject } from '../rendered-object.ts';
import type { FluxInput } from './flux-input.ts';
import { gitRepository } from './git-repository.ts';
import { helmRelease, isOci, withValues } from './helm-release.ts';
import { helmRepository } from './helm-repository.ts';
import { ociRepository } from './oci-repository.ts';
import { sourceKustomization } from './source-kustomization.ts';

/** The Flux objects in a component's install stage: where its chart or manifests come from, and what applies them. */
export function componentObjects(
  { component, minor }: FluxInput,
  values: RenderedObject | undefined,
): readonly RenderedObject[] {
  const { repository, release, sources } = fixedObjects(component, minor);
  const released = release && values ? withValues(release, values) : release;
  return [repository, released, ...sources].filter((each) => each !== undefined);
}

interface FixedObjects {
  readonly repository?: RenderedObject;
  /** Without values. */
  readonly release?: RenderedObject;
  readonly sources: readonly RenderedObject[];
}

/** All but the values: made once for the clusters of a fleet, whose values differ. */
const fixedObjects = memo((component: Component, minor: number): FixedObjects => {
  const input = { component, minor };
  const { helm, source } = component.spec;
  return {
    ...(helm && {
      repository: isOci(input) ? ociRepository(input) : helmRepository(input),
      release: helmRelease(input),
    }),
    sources: source === undefined ? [] : [gitRepository(input), sourceKustomization(input)],
  };
});
