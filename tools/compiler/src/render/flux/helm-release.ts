import type { RenderedObject } from '../rendered-object.ts';
import { type Draft, finishDraft, from } from './draft.ts';
import { componentMetadata, componentName, type FluxInput, fromSpec, specSpan } from './flux-input.ts';

/**
 * The HelmRelease of a component without its values (helm-controller docs/spec/v2/helmreleases.md). It lives in the
 * namespace it installs to, so target and storage namespace need no saying (docs/decisions/0005). The release name is
 * always said: the default would hash what is longer than 53 characters.
 */
export function helmRelease(input: FluxInput): RenderedObject {
  const { component } = input;
  const helm = component.spec.helm;
  return finishDraft(
    {
      apiVersion: 'helm.toolkit.fluxcd.io/v2',
      kind: 'HelmRelease',
      metadata: componentMetadata(input, componentName(input)),
      spec: {
        interval: '1h',
        timeout: fromSpec(input, ['helm', 'timeout']) ?? '10m',
        releaseName: fromSpec(input, ['helm', 'releaseName']) ?? componentName(input),
        ...chartOf(input),
        install: action(input, 'install'),
        upgrade: action(input, 'upgrade'),
        // Found drift is an event, not a write: controllers own some fields of a chart, replicas among them.
        driftDetection: { mode: 'warn' },
      },
    },
    helm === undefined ? component.manifest.locate([]) : specSpan(component, ['helm', 'chart']),
  );
}

/** The release with the values a template made; those keep their own origins. */
export function withValues(release: RenderedObject, values: RenderedObject): RenderedObject {
  const { object } = release;
  if (Object.keys(values.object).length === 0) return release;
  return {
    ...release,
    object: { ...object, spec: { ...(object.spec as object), values: values.object } },
    trace: (path, part) =>
      path[0] === 'spec' && path[1] === 'values' ? values.trace(path.slice(2), part) : release.trace(path, part),
  };
}

/** `chart` and `chartRef` exclude each other: an OCIRepository holds exactly one chart and is referred to as it is. */
function chartOf(input: FluxInput): { readonly [key: string]: Draft } {
  const repository = specSpan(input.component, ['helm', 'repository']);
  if (isOci(input)) return { chartRef: { kind: from('OCIRepository', repository), name: componentName(input) } };
  return {
    chart: {
      spec: {
        chart: fromSpec(input, ['helm', 'chart']),
        version: fromSpec(input, ['helm', 'version']),
        sourceRef: { kind: from('HelmRepository', repository), name: componentName(input) },
      },
    },
  };
}

/** True for a chart from an OCI registry. */
export function isOci({ component }: FluxInput): boolean {
  return component.spec.helm?.repository.startsWith('oci://') ?? false;
}

/**
 * How Helm installs or upgrades. A failed release is tried again as it stands where Flux can (2.7); before that the only
 * remedies are uninstall and rollback, bounded so that a broken chart does not loop.
 */
function action(input: FluxInput, name: 'install' | 'upgrade'): Draft {
  const disableWait = input.component.spec.helm?.disableWait === true;
  return {
    crds: fromSpec(input, ['helm', 'crds', name]) ?? 'CreateReplace',
    disableWait: disableWait ? fromSpec(input, ['helm', 'disableWait']) : undefined,
    ...(input.minor >= 7
      ? { strategy: { name: 'RetryOnFailure', retryInterval: '2m' } }
      : { remediation: { retries: 3 } }),
  };
}
