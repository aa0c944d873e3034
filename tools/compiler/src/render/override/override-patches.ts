import { type Diagnostic, diagnostic } from '@fluxwright/diagnostics';
import type { JsonObject } from '@fluxwright/documents';
import type { ResolvedCluster } from '@fluxwright/model';
import type { Engines } from '../../engines/engines.ts';
import { isReleaseObject } from '../chart/component-release.ts';
import type { RenderedObject } from '../rendered-object.ts';
import type { RenderedStage } from '../rendered-stage.ts';
import { clusterOverride, overriddenComponents } from './cluster-override.ts';
import { type OverridePatch, patchFault, patchObjects } from './patch-objects.ts';

/** Stages after the patches of their cluster. */
export interface PatchedStages {
  readonly stages: readonly RenderedStage[];
  readonly diagnostics: readonly Diagnostic[];
}

/** The patches of a cluster for a component (`spec.overrides.<component>.patches`), in their order. */
export function overridePatches(cluster: ResolvedCluster, component: string): readonly OverridePatch[] {
  const { settings, file } = cluster;
  return clusterOverride(cluster, component).patches.map((patch, index) => ({
    patch,
    span: settings.originsOf(['overrides', component, 'patches', index, 'patch'])[0] ?? { file },
  }));
}

/**
 * Applies a cluster's patches to the objects that components write. One that is for none of them is handed on to the component's
 * release, whose post-renderer applies it to what the chart makes (helm-controller docs/spec/v2/helmreleases.md, Post renderers);
 * where there is no chart it is a finding.
 */
export async function patchStages(
  stages: readonly RenderedStage[],
  cluster: ResolvedCluster,
  engines: Engines,
): Promise<PatchedStages> {
  const diagnostics: Diagnostic[] = [];
  const patched = new Map<RenderedStage, RenderedStage>();
  for (const component of overriddenComponents(cluster)) {
    let own: readonly RenderedStage[] = stages.filter(({ id }) => id.component === component);
    const before = own;
    const rest: OverridePatch[] = [];
    for (const patch of overridePatches(cluster, component)) {
      const { value, changed, fault } = await patchEach(own, patch, { engines, cluster: cluster.name });
      own = value;
      if (fault !== undefined) diagnostics.push(fault);
      else if (!changed) rest.push(patch);
    }
    const spec = before[0]?.resolved.component.spec;
    if (spec?.helm === undefined) diagnostics.push(...rest.map((patch) => idlePatch(patch, component, cluster.name)));
    else own = own.map((stage) => withPostRenderer(stage, rest));
    before.forEach((stage, index) => void patched.set(stage, own[index] ?? stage));
  }
  return { stages: stages.map((stage) => patched.get(stage) ?? stage), diagnostics };
}

/** A patch that is for no object at all does nothing, and Kustomize says nothing of it. */
export function idlePatch({ span }: OverridePatch, component: string, cluster: string): Diagnostic {
  return diagnostic('render/idle-override', {
    message: `cluster "${cluster}" patches "${component}", and no object becomes another by it`,
    primary: span,
    help: `see what there is: npx fluxwright list components, and generated/${cluster}/components/${component}; or take the patch out`,
    cluster,
  });
}

interface PatchedEach {
  readonly value: readonly RenderedStage[];
  readonly changed: boolean;
  readonly fault?: Diagnostic;
}

async function patchEach(
  stages: readonly RenderedStage[],
  patch: OverridePatch,
  { engines, cluster }: { readonly engines: Engines; readonly cluster: string },
): Promise<PatchedEach> {
  const value: RenderedStage[] = [];
  let changed = false;
  for (const stage of stages) {
    try {
      const one = await patchObjects(stage.objects, patch, engines);
      changed ||= one.changed;
      value.push(one.changed ? { ...stage, objects: one.objects } : stage);
    } catch (error) {
      return { value: stages, changed: false, fault: patchFault(error, patch, cluster) };
    }
  }
  return { value, changed };
}

function withPostRenderer(stage: RenderedStage, patches: readonly OverridePatch[]): RenderedStage {
  const { component } = stage.resolved;
  const isRelease = (each: RenderedObject): boolean =>
    each.object.kind === 'HelmRelease' && isReleaseObject(each, component);
  if (patches.length === 0 || !stage.objects.some(isRelease)) return stage;
  const postRenderers = [{ kustomize: { patches: patches.map(({ patch }) => patch) } }];
  return {
    ...stage,
    objects: stage.objects.map((each) => (isRelease(each) ? postRendered(each, postRenderers, patches) : each)),
    postRendered: patches,
  };
}

function postRendered(
  release: RenderedObject,
  postRenderers: readonly JsonObject[],
  patches: readonly OverridePatch[],
): RenderedObject {
  const { object } = release;
  return {
    ...release,
    object: { ...object, spec: { ...(object.spec as JsonObject), postRenderers: [...postRenderers] } },
    trace: (path, part) => {
      if (path[0] !== 'spec' || path[1] !== 'postRenderers') return release.trace(path, part);
      const { span } = patches[Number(path[5] ?? 0)] ?? (patches[0] as OverridePatch);
      return { span, reads: [], inside: [] };
    },
  };
}
