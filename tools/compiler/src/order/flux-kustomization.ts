import type { JsonObject } from '@fluxwright/documents';
import { addMinutes } from '@fluxwright/kubernetes';
import { type Component, isBeside, type ResolvedCluster, type StageEdge, type StageName } from '@fluxwright/model';
import { compilerLabels } from '../data/compiler-labels.ts';
import { partName, type StagePart, type StageParts, stageFolder } from '../plan/stage-part.ts';
import { type Draft, finishDraft, from } from '../render/flux/draft.ts';
import { fromSpec, specSpan } from '../render/flux/flux-input.ts';
import type { RenderedObject } from '../render/rendered-object.ts';
import { readyExpressions } from './ready-expressions.ts';

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
  /** Set for a part of the stage that is applied on its own. */
  readonly part?: StagePart;
  /** The parts that stages of the cluster have. */
  readonly parts: StageParts;
}

/**
 * The FluxKustomization of a stage (kustomize-controller docs/spec/v1/kustomizations.md). Interval, retry and timeout
 * are always said: their defaults follow from each other and are wrong for an hourly interval.
 */
export function fluxKustomization(input: StageInput): RenderedObject {
  const { cluster, component, stage, part } = input;
  const id = { component: component.name, stage };
  const dependsOn = dependencies(input);
  const keeps = part === 'crds';
  const named = component.manifest.locate(['metadata', 'name']);
  const gitPath = cluster.settings.originsOf(['git', 'path'])[0] ?? { file: cluster.file };
  const isFluxItself = component.spec.namespace === 'flux-system';
  return finishDraft(
    {
      apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
      kind: 'Kustomization',
      metadata: {
        name: from(partName(id, part), named),
        namespace: 'flux-system',
        labels: from(compilerLabels(component.name), named),
      },
      spec: {
        interval: '1h',
        retryInterval: '2m',
        timeout: timeoutOf(input),
        path: from(`./${cluster.spec.git.path}/${stageFolder(id, part)}`, gitPath),
        // With a definition goes every object of its kind.
        prune: !keeps,
        force: false,
        // Removing a component shows until its objects are gone; what runs Flux itself is never taken away by Flux.
        deletionPolicy: isFluxItself || keeps ? 'Orphan' : 'WaitForTermination',
        sourceRef: { kind: 'GitRepository', name: 'flux-system' },
        dependsOn: dependsOn.length === 0 ? undefined : dependsOn,
        commonMetadata: input.hasBase ? { labels: from(compilerLabels(component.name), named) } : undefined,
        ...health(input),
      },
    },
    named,
  );
}

/** Definitions wait for nothing; each further part waits for those before it, and whoever waits for a stage for its last. */
function dependencies({ component, stage, part, parts, edges }: StageInput): readonly Draft[] {
  const id = { component: component.name, stage };
  const earlier = stage === 'install' ? parts.before(id, part).map((name) => ({ name })) : [];
  if (part === 'crds') return [];
  return part === 'after' ? earlier : [...earlier, ...edges.map((edge) => dependency(edge, parts))];
}

function dependency({ to, reasons }: StageEdge, parts: StageParts): Draft {
  const name = parts.last(to);
  return { name: reasons[0] === undefined ? name : from(name, reasons[0].span) };
}

/**
 * readiness.timeout; else 5 minutes, and with a chart 2 minutes more than Helm waits: a release that fails is reported
 * with Helm's own reason before the FluxKustomization gives up on it.
 */
function timeoutOf({ component, stage }: StageInput): Draft {
  // How long the component takes to start says nothing of what is attached to it.
  if (isBeside(stage)) return '5m';
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
  const { component, isLast, objects, part } = input;
  if (part === 'crds' || part === 'after') return { wait: true };
  // What else is in this part may need the chart to become ready: only what Helm would wait for is waited for.
  if (part === 'before')
    return { wait: false, healthChecks: objects.filter(({ kind }) => kind === 'Job').map(reference) };
  const checks = isLast ? (component.spec.readiness?.checks ?? []) : [];
  const expressions = readyExpressions({ ...input, objects: [...objects, ...checks] });
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
