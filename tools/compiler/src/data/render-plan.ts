import { memo } from '@fluxwright/documents';
import type { StageId } from '@fluxwright/model';

/** What makes the objects of a task; `helm` runs where the chart is at hand, on what the component's `flux` task has made. */
export type Engine = 'handlebars' | 'flux' | 'kustomize' | 'helm';

/** One piece of rendering work: printable, and equal for all clusters where its digest is equal. */
export interface RenderTask {
  /** Unique in the plan, e.g. `cert-manager/install/cluster-issuer.yaml.hbs`. */
  readonly id: string;
  /** Stage the objects belong to; absent for those that tie the cluster to its repository. */
  readonly stage?: StageId;
  readonly engine: Engine;
  /** Source file the task renders, from the workspace root. */
  readonly source: string;
  /**
   * Context paths the template can read, e.g. `values.replicas`, `cluster.domain`; [] for a plain file; `has:` and `capability:` for
   * what it asks about the cluster.
   */
  readonly reads: readonly string[];
  /** sha256 over the engine, the source text and what stands at `reads`: equal digests give equal results. */
  readonly digest: string;
  /** Folder of the objects it makes, from the cluster's output folder; FluxKustomizations go to kustomizations/. */
  readonly output: string;
}

/** The work of one cluster, sorted by task id. */
export interface RenderPlan {
  readonly cluster: string;
  readonly tasks: readonly RenderTask[];
}

/** The tasks of a plan by their id. */
export const tasksOf: (plan: RenderPlan) => ReadonlyMap<string, RenderTask> = memo(
  ({ tasks }: RenderPlan) => new Map(tasks.map((task) => [task.id, task])),
);
