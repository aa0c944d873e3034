import type { LintRule } from '../lint-rule.ts';

/** kustomize-controller builds without Helm and without plugins. */
export const helmInflation: LintRule = {
  code: 'lint/helm-inflation',
  isForeign: true,
  check: ({ tree }) =>
    (tree.kustomizationFiles ?? []).flatMap((object) =>
      ['helmCharts', 'helmChartInflationGenerator', 'generators', 'transformers']
        .filter((key) => key.startsWith('helm') && object.object[key] !== undefined)
        .map((key) => ({
          object,
          at: [key],
          part: 'key' as const,
          message: `${object.path} inflates a chart, which Flux does not do`,
          note: 'the build fails',
          help: 'make it a HelmRelease',
        })),
    ),
};
