import type { Component, JsonObject, ResolvedCluster, StageEdge, StageName } from '@fluxwright/model';
import { compilerLabels } from '../compiler-labels.ts';
import type { RenderedObject } from '../rendered-object.ts';
import { type Draft, finishDraft, from } from './draft.ts';
import { addMinutes } from './duration.ts';
import { fromSpec, specSpan } from './flux-input.ts';
import { kustomizationName } from './kustomization-name.ts';

/** One stage of a component that has objects. */
export interface StageInput {
  readonly cluster: ResolvedCluster;
  readonly component: Component;
  readonly stage: StageName;
  /** True for the last stage of the component that has objects: it answers for the component's readiness. */
  readonly isLast: boolean;
  /** Edges that start at the stage, through empty stages joined. */
  readonly edges: readonly StageEdge[];
  /** Objects of the stage's folder. */
  readonly objects: readonly JsonObject[];
  /** True where the folder holds files that are built, not listed: kinds and labels in them are not known here. */
  readonly hasBase: boolean;
}

/**
 * The FluxKustomization of a stage (kustomize-controller docs/spec/v1/kustomizations.md). Interval, retry and timeout
 * are always said: their defaults follow from each other and are wrong for an hourly interval.
 */
export function fluxKustomization(input: StageInput): RenderedObject {
  const { cluster, component, stage, edges } = input;
  const named = component.manifest.locate(['metadata', 'name']);
  const gitPath = cluster.settings.originsOf(['git', 'path'])[0] ?? { file: cluster.file };
  const isFluxItself = component.spec.namespace === 'flux-system';
  return finishDraft(
    {
      apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
      kind: 'Kustomization',
      metadata: {
        name: from(kustomizationName({ component: component.name, stage }), named),
        namespace: 'flux-system',
        labels: from(compilerLabels(component.name), named),
      },
      spec: {
        interval: '1h',
        retryInterval: '2m',
        timeout: timeoutOf(input),
        path: from(`./${cluster.spec.git.path}/components/${component.name}/${stage}`, gitPath),
        prune: true,
        force: false,
        // Removing a component shows until its objects are gone; what runs Flux itself is never taken away by Flux.
        deletionPolicy: isFluxItself ? 'Orphan' : 'WaitForTermination',
        sourceRef: { kind: 'GitRepository', name: 'flux-system' },
        dependsOn: edges.length === 0 ? undefined : edges.map(dependency),
        commonMetadata: input.hasBase ? { labels: from(compilerLabels(component.name), named) } : undefined,
        ...health(input),
      },
    },
    named,
  );
}

function dependency({ to, reasons }: StageEdge): Draft {
  const name = kustomizationName(to);
  return { name: reasons[0] === undefined ? name : from(name, reasons[0].span) };
}

/**
 * readiness.timeout; else 5 minutes, and with a chart 2 minutes more than Helm waits: a release that fails is reported
 * with Helm's own reason before the FluxKustomization gives up on it.
 */
function timeoutOf({ component, stage }: StageInput): Draft {
  const said = fromSpec({ component }, ['readiness', 'timeout']);
  if (said !== undefined) return said;
  const { helm } = component.spec;
  if (helm === undefined || stage !== 'install') return '5m';
  return helm.timeout === undefined
    ? '12m'
    : from(addMinutes(helm.timeout, 2), specSpan(component, ['helm', 'timeout']));
}

/**
 * `wait` looks at everything that was applied, and only at that; it makes Flux ignore `healthChecks`. So a component
 * that names further objects gets the list of all its objects and these.
 */
function health(input: StageInput): { readonly [key: string]: Draft | undefined } {
  const { component, isLast, objects } = input;
  const checks = isLast ? (component.spec.readiness?.checks ?? []) : [];
  const kinds = [...objects, ...checks].map(({ apiVersion, kind }) => groupKind(String(apiVersion), String(kind)));
  const expressions = (component.spec.readiness?.expressions ?? []).flatMap(({ apiVersion, kind }, index) =>
    input.hasBase || kinds.includes(groupKind(apiVersion, kind))
      ? [fromSpec({ component }, ['readiness', 'expressions', index]) as Draft]
      : [],
  );
  const healthCheckExprs = expressions.length === 0 ? undefined : expressions;
  if (checks.length === 0) return { wait: true, healthCheckExprs };
  const further = checks.map((check, index) =>
    from({ namespace: component.spec.namespace, ...check }, specSpan(component, ['readiness', 'checks', index])),
  );
  return { wait: false, healthChecks: [...objects.map(reference), ...further], healthCheckExprs };
}

function reference({ apiVersion, kind, metadata }: JsonObject): Draft {
  const { name, namespace } = metadata as { name: string; namespace?: string };
  return { apiVersion: String(apiVersion), kind: String(kind), name, namespace };
}

/** Expressions match by group and kind, whatever the version. */
function groupKind(apiVersion: string, kind: string): string {
  return `${apiVersion.includes('/') ? apiVersion.split('/')[0] : ''}/${kind}`;
}
