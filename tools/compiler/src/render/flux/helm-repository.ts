import type { RenderedObject } from '../rendered-object.ts';
import { finishDraft } from './draft.ts';
import { componentMetadata, componentName, type FluxInput, fromSpec, specSpan } from './flux-input.ts';

/**
 * The HelmRepository of a chart from an HTTP repository (source-controller docs/spec/v1/helmrepositories.md). Its index
 * is read hourly; a new chart version in the annotation has it read at once, or the upgrade would wait for the hour.
 */
export function helmRepository(input: FluxInput): RenderedObject {
  const { component } = input;
  return finishDraft(
    {
      apiVersion: 'source.toolkit.fluxcd.io/v1',
      kind: 'HelmRepository',
      metadata: {
        ...componentMetadata(input, componentName(input)),
        annotations: { 'reconcile.fluxcd.io/requestedAt': fromSpec(input, ['helm', 'version']) },
      },
      spec: { interval: '1h', url: fromSpec(input, ['helm', 'repository']) },
    },
    specSpan(component, ['helm', 'repository']),
  );
}
