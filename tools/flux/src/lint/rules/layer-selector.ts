import { isObject } from '@fluxwright/documents';
import { objectTitle } from '@fluxwright/kubernetes';
import { specOf } from '../lint-context.ts';
import type { LintRule } from '../lint-rule.ts';

/**
 * Without a selector the first layer of an artifact is taken, unpacked, and packed again without what .sourceignore and the
 * default exclusions name (pictures, archives, files of CI): the chart that Helm gets is then not the one that was pushed.
 * `copy` keeps the layer as it is (source-controller v1.9.6 internal/controller/ocirepository_controller.go selectLayer,
 * reconcileArtifact; fluxcd/pkg sourceignore/sourceignore.go).
 */
export const layerSelector: LintRule = {
  code: 'lint/layer-selector',
  check: ({ releases, find }) =>
    releases.flatMap((object) => {
      const { chartRef } = specOf(object);
      if (!isObject(chartRef) || chartRef.kind !== 'OCIRepository') return [];
      const namespace = typeof chartRef.namespace === 'string' ? chartRef.namespace : object.namespace;
      const source = find({
        group: 'source.toolkit.fluxcd.io',
        kind: 'OCIRepository',
        namespace,
        name: String(chartRef.name),
      });
      if (source === undefined) return [];
      const { layerSelector } = specOf(source);
      if (isObject(layerSelector) && layerSelector.mediaType !== undefined) return [];
      return {
        object: source,
        at: layerSelector === undefined ? ['spec'] : ['spec', 'layerSelector'],
        part: 'key' as const,
        message: `${objectTitle(source)} does not say which layer holds the chart of ${objectTitle(object)}`,
        note: 'the first layer is taken, unpacked and packed again',
        help: 'add layerSelector: {mediaType: application/vnd.cncf.helm.chart.content.v1.tar+gzip, operation: copy}',
      };
    }),
};
