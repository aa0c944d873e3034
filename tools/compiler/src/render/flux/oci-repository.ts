import type { RenderedObject } from '../rendered-object.ts';
import { finishDraft, from } from './draft.ts';
import { componentMetadata, componentName, type FluxInput, specSpan } from './flux-input.ts';

/**
 * The OCIRepository of a chart from an OCI registry: it copies the layer that holds the chart
 * (source-controller docs/spec/v1/ocirepositories.md, "Layer selector"). A tag cannot hold `+`, Helm pushes `_` for it
 * (https://helm.sh/docs/topics/registries/).
 */
export function ociRepository(input: FluxInput): RenderedObject {
  const { component } = input;
  const { repository = '', chart = '', version = '' } = component.spec.helm ?? {};
  const url = `${repository.replace(/\/+$/, '')}/${chart}`;
  return finishDraft(
    {
      apiVersion: 'source.toolkit.fluxcd.io/v1',
      kind: 'OCIRepository',
      metadata: componentMetadata(input, componentName(input)),
      spec: {
        interval: '1h',
        url: from(url, specSpan(component, ['helm', 'repository'])),
        ref: { tag: from(version.replaceAll('+', '_'), specSpan(component, ['helm', 'version'])) },
        layerSelector: { mediaType: 'application/vnd.cncf.helm.chart.content.v1.tar+gzip', operation: 'copy' },
      },
    },
    specSpan(component, ['helm', 'repository']),
  );
}
