import { isObject } from '@fluxwright/model';
import { objectTitle } from '../../validate/object-finding.ts';
import { specOf } from '../lint-context.ts';
import type { LintRule } from '../lint-rule.ts';

/** The layer of a chart has a media type of its own; other layers (a provenance file, a signature) may come first. */
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
      if (source === undefined || specOf(source).layerSelector !== undefined) return [];
      return {
        object: source,
        at: ['spec'],
        part: 'key' as const,
        message: `${objectTitle(source)} does not say which layer holds the chart of ${objectTitle(object)}`,
        note: 'the first layer is taken',
        help: 'add layerSelector: {mediaType: application/vnd.cncf.helm.chart.content.v1.tar+gzip, operation: copy}',
      };
    }),
};
