import type { RenderedObject } from '../rendered-object.ts';
import { finishDraft } from './draft.ts';
import { componentMetadata, componentName, type FluxInput, fromSpec, specSpan } from './flux-input.ts';

/**
 * The GitRepository of a component whose manifests stay upstream. The whole tree is kept: a kustomization there may refer
 * to folders beside its own.
 */
export function gitRepository(input: FluxInput): RenderedObject {
  return finishDraft(
    {
      apiVersion: 'source.toolkit.fluxcd.io/v1',
      kind: 'GitRepository',
      metadata: componentMetadata(input, componentName(input)),
      spec: {
        interval: '1h',
        timeout: '5m',
        url: fromSpec(input, ['source', 'git']),
        ref: { tag: fromSpec(input, ['source', 'ref', 'tag']), commit: fromSpec(input, ['source', 'ref', 'commit']) },
      },
    },
    specSpan(input.component, ['source', 'git']),
  );
}
