import { isObject, type JsonObject, valueAt } from '@fluxwright/documents';
import type { Component } from '@fluxwright/model';
import type { RenderTask } from '../../data/render-plan.ts';
import type { PackagedChart } from '../../engines/chart-library.ts';
import { digestParts } from '../../plan/task-digest.ts';
import type { RenderedObject } from '../rendered-object.ts';
import type { RenderedStage } from '../rendered-stage.ts';

/** The release of a component whose chart is at hand. */
export interface ComponentRelease {
  readonly component: Component;
  readonly chart: PackagedChart;
  /** Of the task that renders it: covers the manifest and the values. */
  readonly digest: string;
  /** The HelmRelease. */
  readonly object: RenderedObject;
  readonly values: JsonObject;
}

/** Which objects of a stage are the compiler's own for the component's chart: the HelmRelease and its source. */
export function isReleaseObject({ object }: RenderedObject, { name, spec }: Component): boolean {
  if (spec.helm === undefined || valueAt(object, ['metadata', 'name']) !== name) return false;
  const kind = `${String(object.apiVersion).split('/')[0]}/${object.kind}`;
  return [
    'helm.toolkit.fluxcd.io/HelmRelease',
    'source.toolkit.fluxcd.io/HelmRepository',
    'source.toolkit.fluxcd.io/OCIRepository',
  ].includes(kind);
}

/** The release in an install stage; undefined where the component has no chart. `over`: values that the cluster sets over its own. */
export function componentRelease(
  { resolved, objects }: RenderedStage,
  { chart, task, over }: { readonly chart: PackagedChart; readonly task: RenderTask; readonly over?: JsonObject },
): ComponentRelease | undefined {
  const { component } = resolved;
  const object = objects.find((each) => each.object.kind === 'HelmRelease' && isReleaseObject(each, component));
  if (object === undefined) return undefined;
  const values = valueAt(object.object, ['spec', 'values']);
  return {
    component,
    chart,
    digest: over === undefined ? task.digest : digestParts([task.digest, over]),
    object,
    values: isObject(values) ? values : {},
  };
}
