import { messageOf } from '@fluxwright/diagnostics/cases';
import { expect, test } from 'vitest';
import { diagnosticCases } from '../src/diagnostics/diagnostic-cases.ts';

/**
 * Ways in which real platforms have failed to come up, or have lost data, each with a public account of it, the case that
 * shows it, and the words of the message that name the cause. what runs the cases holds that the messages are as they stand.
 */
const failures: readonly (readonly [failure: string, source: string, fixture: string, says: RegExp])[] = [
  [
    'CRDs are absent on the first install',
    'https://github.com/fluxcd/helm-controller/issues/387',
    'prove/missing-provider',
    /Certificate web\/web needs the CRD certificates\.cert-manager\.io, which nothing in the cluster provides/,
  ],
  [
    'a custom resource lies beside the chart that brings its kind',
    'https://github.com/axeII/home-ops/pull/3606',
    'prove/unordered',
    /applied together with what brings the CRD/,
  ],
  [
    'a webhook-guarded object comes before its webhook',
    'https://github.com/kubeflow/community-distribution/issues/543',
    'prove/unordered.webhook',
    /applied together with what brings the admission webhook/,
  ],
  [
    'a field is unknown to the running Flux minor',
    'https://gitlab.com/sylva-projects/sylva-core/-/issues/2375',
    'lint/unknown-field.component',
    /Flux 2\.7 does not know spec\.waitStrategy/,
  ],
  [
    'a path that nobody generates',
    'https://github.com/fluxcd/flagger/issues/1396',
    'validate/missing-reference.path',
    /points at a folder that is not in the tree/,
  ],
  [
    'duplicate objects from two components',
    'https://github.com/fluxcd/flux/issues/2571',
    'validate/duplicate-object.components',
    /ConfigMap web\/page comes from two places/,
  ],
  [
    'a template asks for an API whose CRD comes later',
    'https://fluxcd.io/flux/components/helm/helmreleases/#drift-detection',
    'prove/cycle.gated-chart',
    /component "ingress" needs the CRD servicemonitors/,
  ],
  [
    'a namespace is owned twice',
    'https://fluxcd.io/flux/components/helm/helmreleases/#install-configuration',
    'lint/namespace-owned-twice',
    /may create the namespace "shop" before the tree does/,
  ],
  [
    'targetNamespace with a Namespace object',
    'https://github.com/fluxcd/flux2/issues/3949',
    'lint/target-namespace',
    /targetNamespace of .* renames Namespace shop/,
  ],
  [
    'a dependency across kinds',
    'https://github.com/fluxcd/flux2/issues/3364',
    'lint/dependency-kind',
    /waits for the HelmRelease database, which its dependsOn cannot see/,
  ],
  [
    'dependsOn in a wrong namespace',
    'https://github.com/fluxcd/helm-controller/issues/951',
    'lint/missing-dependency',
    /there is one in the namespace "data"/,
  ],
  [
    'disableWait with dependants',
    'https://fluxcd.io/flux/components/helm/helmreleases/#install-configuration',
    'lint/unready-dependency',
    /which is ready before its pods are/,
  ],
  [
    'wait plus healthChecks',
    'https://fluxcd.io/flux/components/kustomize/kustomizations/#health-checks',
    'lint/ignored-health-checks',
    /healthChecks, which wait: true makes Flux ignore/,
  ],
  [
    'a suspended dependency',
    'https://fluxcd.io/flux/components/kustomize/kustomizations/#suspend',
    'lint/suspended-dependency',
    /waits for .* which is suspended/,
  ],
  [
    'an hour-long interval without timeout',
    'https://fluxcd.io/flux/components/kustomize/kustomizations/#timeout',
    'lint/missing-timeout',
    /does not say how long it waits, so it may be the interval less 30 seconds/,
  ],
  [
    'a variable in a dashboard with substitution on',
    'https://github.com/fluxcd/flux2-monitoring-example/issues/44',
    'lint/substituted-text',
    /will try to substitute/,
  ],
  [
    'a renamed Kustomization with a database inside',
    'https://github.com/fluxcd/flux2/issues/3316',
    'change/data-loss.renamed-kustomization',
    /Cluster web\/orders may be deleted while it moves, and with it the data that it keeps/,
  ],
  [
    'a release renamed',
    'https://github.com/fluxcd/helm-controller/issues/1095',
    'change/data-loss.release-renamed',
    /HelmRelease web\/web is installed anew, and with it the volumes of web/,
  ],
];

test.each(failures)('%s (%s): %s says why', (_failure, source, fixture, says) => {
  expect(source).toMatch(/^https:/);
  const [each] = diagnosticCases().filter(({ name }) => name === fixture);
  expect(each && messageOf(each)).toMatch(says);
});
