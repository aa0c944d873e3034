import type { RenderedObject } from '../rendered-object.ts';
import type { FluxInput } from './flux-input.ts';
import { gitRepository } from './git-repository.ts';
import { helmRelease, isOci, withValues } from './helm-release.ts';
import { helmRepository } from './helm-repository.ts';
import { ociRepository } from './oci-repository.ts';
import { sourceKustomization } from './source-kustomization.ts';

/** The Flux objects in a component's install stage: where its chart or manifests come from, and what applies them. */
export function componentObjects(input: FluxInput, values: RenderedObject | undefined): readonly RenderedObject[] {
  const { helm, source } = input.component.spec;
  const objects: RenderedObject[] = [];
  if (helm !== undefined) {
    const release = helmRelease(input);
    objects.push(isOci(input) ? ociRepository(input) : helmRepository(input));
    objects.push(values === undefined ? release : withValues(release, values));
  }
  if (source !== undefined) objects.push(gitRepository(input), sourceKustomization(input));
  return objects;
}
