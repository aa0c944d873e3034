import type { ResolvedComponent, StageId } from '@fluxwright/model';
import type { StagePart } from '../plan/stage-part.ts';
import type { RecordedChart } from './chart/recorded-chart.ts';
import type { OverridePatch } from './override/patch-objects.ts';
import type { BaseObject } from './render-kustomize.ts';
import type { RenderedObject } from './rendered-object.ts';

/** The objects of one stage, before they have files. */
export interface RenderedStage {
  readonly id: StageId;
  readonly resolved: ResolvedComponent;
  readonly objects: readonly RenderedObject[];
  /** Plain objects of the Kustomize base that is copied. */
  readonly base: readonly BaseObject[];
  /** True where the stage's objects are not all known here. */
  readonly hasBase: boolean;
  /** Set for the parts of a stage that are applied on their own. */
  readonly part?: StagePart;
  /** What Helm will make of the stage's release, where its chart is at hand. */
  readonly released?: readonly RenderedObject[];
  /** The HelmRelease whose chart `objects` were made of, in its place. */
  readonly replaced?: RenderedObject;
  /** Patches of the cluster that the release's post-renderer applies. */
  readonly postRendered?: readonly OverridePatch[];
  /** sha256 of the chart that `objects` were made of. */
  readonly chart?: string;
  /** What was recorded of the release's chart, at hand or not. */
  readonly recorded?: RecordedChart;
  /** What the chart asks the cluster for, where it is at hand: `Secret shop/login`. */
  readonly lookups?: readonly string[];
}
