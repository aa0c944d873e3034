import type { DiagnosticCode } from '@fluxwright/diagnostics';

/** What a rule about Flux was held against. */
export interface CheckedAgainst {
  /** Versions of Flux; none where what was read is of no version. */
  readonly flux: readonly string[];
  /** The strongest of what was read: code that decides it, the definitions (CRDs), the specification of the API, or less. */
  readonly read: 'code' | 'definitions' | 'specification' | 'FAQ' | 'documentation and issues';
  /** Repository or module, version, path. */
  readonly sources: readonly string[];
  /** Where the same was seen on a running Flux: tools/e2e/test/flux-rules.test.ts. */
  readonly seen?: true;
}

/** For each rule what it was checked against; docs/errors/README.md shows it. */
export const checkedAgainst: Readonly<Record<Extract<DiagnosticCode, `lint/${string}`>, CheckedAgainst>> = {
  'lint/autoscaled-replicas': { flux: ['2.9'], read: 'code', sources: ['fluxcd/pkg ssa v0.76.2 manager_apply.go'] },
  'lint/chart-source': { flux: ['2.9'], read: 'code', sources: ['helm-controller v1.6.3 api/v2/helmrelease_types.go'] },
  'lint/definition-order': { flux: ['2.9'], read: 'code', sources: ['fluxcd/pkg ssa v0.76.2 manager_apply.go'] },
  'lint/dependency-cycle': {
    flux: ['2.9'],
    read: 'code',
    sources: [
      'kustomize-controller v1.9.5 internal/controller/kustomization_controller.go',
      'helm-controller v1.6.3 internal/controller/helmrelease_controller.go',
    ],
  },
  'lint/dependency-kind': {
    flux: ['2.9'],
    read: 'code',
    sources: [
      'kustomize-controller v1.9.5 internal/controller/kustomization_controller.go',
      'helm-controller v1.6.3 internal/controller/helmrelease_controller.go',
    ],
  },
  'lint/duplicate-object': {
    flux: ['2.9'],
    read: 'code',
    sources: [
      'kustomize-controller v1.9.5 internal/controller/kustomization_controller.go',
      'kustomize api v0.21.2 resmap/reswrangler.go',
    ],
    seen: true,
  },
  'lint/failed-build': {
    flux: ['2.9'],
    read: 'code',
    sources: ['fluxcd/pkg kustomize v1.35.6 kustomize_generator.go'],
  },
  'lint/forced-state': {
    flux: ['2.9'],
    read: 'code',
    sources: ['fluxcd/pkg ssa v0.76.2 manager_apply.go', 'fluxcd/pkg ssa v0.76.2 errors/immutable.go'],
    seen: true,
  },
  'lint/helm-inflation': {
    flux: ['2.9'],
    read: 'code',
    sources: ['fluxcd/pkg kustomize v1.35.6 kustomize_generator.go'],
  },
  'lint/idle-expression': { flux: ['2.9'], read: 'code', sources: ['helm-controller v1.6.3 internal/action/wait.go'] },
  'lint/idle-substitution': {
    flux: ['2.9'],
    read: 'code',
    sources: ['fluxcd/pkg kustomize v1.35.6 kustomize_varsub.go'],
    seen: true,
  },
  'lint/ignore-everything': {
    flux: ['2.9'],
    read: 'code',
    sources: ['kustomize-controller v1.9.5 internal/controller/kustomization_controller.go'],
  },
  'lint/ignored-force': {
    flux: ['2.8.0', '2.8.5', '2.8.6', '2.9'],
    read: 'code',
    sources: ['helm-controller v1.5.3 and v1.6.3 internal/action/upgrade.go', 'helm v4.3.1 pkg/kube/client.go'],
  },
  'lint/ignored-health-checks': {
    flux: ['2.9'],
    read: 'code',
    sources: ['kustomize-controller v1.9.5 internal/controller/kustomization_controller.go'],
  },
  'lint/invalid-yaml': { flux: [], read: 'documentation and issues', sources: [], seen: true },
  'lint/layer-selector': {
    flux: ['2.9'],
    read: 'code',
    sources: ['source-controller v1.9.6 internal/controller/ocirepository_controller.go'],
  },
  'lint/missing-dependency': {
    flux: ['2.9'],
    read: 'code',
    sources: [
      'kustomize-controller v1.9.5 internal/controller/kustomization_controller.go',
      'helm-controller v1.6.3 internal/controller/helmrelease_controller.go',
    ],
  },
  'lint/missing-path': {
    flux: ['2.9'],
    read: 'code',
    sources: ['kustomize-controller v1.9.5 internal/controller/kustomization_controller.go'],
  },
  'lint/missing-retry-interval': {
    flux: ['2.9'],
    read: 'specification',
    sources: ['kustomize-controller v1.9.4 docs/spec/v1/kustomizations.md'],
  },
  'lint/missing-timeout': {
    flux: ['2.9'],
    read: 'specification',
    sources: ['kustomize-controller v1.9.4 docs/spec/v1/kustomizations.md'],
  },
  'lint/mistyped-expression': {
    flux: ['2.9'],
    read: 'code',
    sources: [
      'fluxcd/pkg runtime v0.110.3 cel/expression.go, status_evaluator.go',
      'kustomize-controller v1.9.5 internal/controller/kustomization_controller.go',
      'helm-controller v1.6.3 internal/controller/helmrelease_controller.go',
    ],
    seen: true,
  },
  'lint/mistyped-field': {
    flux: ['2.7', '2.9'],
    read: 'definitions',
    sources: ['config/crd/bases of the controllers'],
  },
  'lint/namespace-owned-twice': {
    flux: ['2.9'],
    read: 'code',
    sources: ['helm v4.3.1 pkg/action/install.go', 'fluxcd/pkg ssa v0.76.2 manager_apply.go'],
  },
  'lint/no-kustomization-file': {
    flux: ['2.9'],
    read: 'specification',
    sources: ['kustomize-controller v1.9.4 docs/spec/v1/kustomizations.md'],
  },
  'lint/no-readiness': {
    flux: ['2.9'],
    read: 'code',
    sources: ['kustomize-controller v1.9.5 internal/controller/kustomization_controller.go'],
  },
  'lint/no-retries': {
    flux: ['2.9'],
    read: 'code',
    sources: [
      'helm-controller v1.6.3 api/v2/helmrelease_types.go',
      'helm-controller v1.6.3 internal/features/features.go',
    ],
  },
  'lint/overridden-values': {
    flux: ['2.9'],
    read: 'code',
    sources: ['fluxcd/pkg e2cfd1a chartutil/values.go, merge.go'],
  },
  'lint/prunable-data': {
    flux: ['2.9'],
    read: 'code',
    sources: [
      'kustomize-controller v1.9.5 internal/controller/kustomization_controller.go',
      'fluxcd/pkg ssa v0.76.2 utils/meta.go, manager_delete.go, manager_apply.go',
    ],
    seen: true,
  },
  'lint/ready-expression-alone': {
    flux: ['2.9'],
    read: 'code',
    sources: [
      'kustomize-controller v1.9.5 internal/controller/kustomization_controller.go',
      'helm-controller v1.6.3 internal/controller/helmrelease_controller.go',
    ],
  },
  'lint/release-name': { flux: ['2.9'], read: 'code', sources: ['helm-controller v1.6.3 internal/release/name.go'] },
  'lint/remote-base': { flux: [], read: 'FAQ', sources: ['website content/en/flux/faq.md at 6da0f38'] },
  'lint/removed-api': {
    flux: ['2.6', '2.7', '2.8', '2.9'],
    read: 'definitions',
    sources: ['config/crd/bases of the controllers'],
  },
  'lint/shared-release': {
    flux: ['2.9'],
    read: 'code',
    sources: ['helm-controller v1.6.3 internal/release/name.go', 'helm-controller v1.6.3 api/v2/helmrelease_types.go'],
  },
  'lint/stale-definitions': {
    flux: ['2.9'],
    read: 'code',
    sources: ['helm-controller v1.6.3 internal/action/crds.go'],
  },
  'lint/substituted-secret': {
    flux: ['2.9'],
    read: 'code',
    sources: ['fluxcd/pkg kustomize v1.35.6 kustomize_varsub.go'],
  },
  'lint/substituted-text': {
    flux: ['2.9'],
    read: 'code',
    sources: ['fluxcd/pkg kustomize v1.35.6 kustomize_varsub.go'],
  },
  'lint/suspended-dependency': {
    flux: ['2.9'],
    read: 'code',
    sources: [
      'kustomize-controller v1.9.5 internal/controller/kustomization_controller.go',
      'helm-controller v1.6.3 internal/controller/helmrelease_controller.go',
    ],
  },
  'lint/target-namespace': { flux: [], read: 'documentation and issues', sources: [], seen: true },
  'lint/undefined-variable': {
    flux: ['2.8', '2.9'],
    read: 'code',
    sources: [
      'fluxcd/pkg envsubst v1.7.1 parse/parse.go, template.go',
      'kustomize-controller v1.8.0 and v1.9.5 internal/features/features.go',
    ],
    seen: true,
  },
  'lint/unknown-field': {
    flux: ['2.6', '2.7', '2.8', '2.9'],
    read: 'definitions',
    sources: ['config/crd/bases of the controllers'],
  },
  'lint/unready-dependency': {
    flux: ['2.9'],
    read: 'code',
    sources: ['helm-controller v1.6.3 internal/action/wait.go'],
  },
  'lint/unseen-expression': {
    flux: ['2.9'],
    read: 'code',
    sources: [
      'fluxcd/pkg runtime v0.110.3 cel/status_reader.go',
      'kustomize-controller v1.9.5 internal/controller/kustomization_controller.go',
    ],
  },
  'lint/unwatched-values': { flux: [], read: 'documentation and issues', sources: [] },
  'lint/variable-name': { flux: ['2.9'], read: 'code', sources: ['fluxcd/pkg kustomize v1.35.6 kustomize_varsub.go'] },
};
