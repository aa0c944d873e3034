import { compilerLabels } from '../../data/compiler-labels.ts';
import type { RenderedObject } from '../rendered-object.ts';
import { finishDraft, from } from './draft.ts';
import { componentMetadata, componentName, type FluxInput, fromSpec, specSpan } from './flux-input.ts';

/**
 * The FluxKustomization that applies a component's upstream manifests. It is an object of the component's install
 * stage, whose own FluxKustomization waits for it.
 */
export function sourceKustomization(input: FluxInput): RenderedObject {
  const { component } = input;
  const named = component.manifest.locate(['metadata', 'name']);
  const prune = component.spec.source?.prune ?? true;
  const folder = (component.spec.source?.path ?? '.').replace(/^(\.?\/)+/, '').replace(/\/+$/, '');
  return finishDraft(
    {
      apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
      kind: 'Kustomization',
      metadata: componentMetadata(input, from(`${component.name}-source`, named)),
      spec: {
        interval: '1h',
        retryInterval: '2m',
        timeout: fromSpec(input, ['readiness', 'timeout']) ?? '5m',
        path: from(`./${folder}`, specSpan(component, ['source', 'path'])),
        prune: fromSpec(input, ['source', 'prune']) ?? prune,
        wait: true,
        force: false,
        // The default mirrors prune; said, because it decides what a removed component leaves behind.
        deletionPolicy: prune ? 'WaitForTermination' : 'Orphan',
        commonMetadata: { labels: from(compilerLabels(component.name), named) },
        sourceRef: { kind: 'GitRepository', name: componentName(input) },
      },
    },
    specSpan(component, ['source']),
  );
}
