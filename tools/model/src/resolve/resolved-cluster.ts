import type { Span } from '@fluxwright/diagnostics';
import type { JsonObject, JsonPath, SourceDocument } from '@fluxwright/documents';
import type { ClusterSpec, Component, StageName } from '../load/workspace.ts';

/** Why something is so: a sentence and the place that says it. */
export interface Reason {
  readonly text: string;
  readonly span: Span;
}

/** A merged value with the place each of its paths came from. */
export interface MergedValues {
  /** Only what some layer set: a null in a layer has removed its key. This is what the schema was checked against. */
  readonly value: JsonObject;
  /**
   * `value` plus null for every property that its schema declares and no layer set: the `values` (or `cluster`) that
   * templates see. So `{{#if values.tls}}` is false for an optional value that is unset, while a name the schema does
   * not know is still missing, and strict Handlebars refuses it. Printing a null is for the renderer to refuse.
   */
  readonly templateValue: JsonObject;
  /**
   * Places that decided the value at `path`, the strongest layer first: one for a scalar or list, several for a map that
   * layers share, the null itself where one removed it; [] where nothing set it. `part` asks for the value or its key.
   */
  originsOf(path: JsonPath, part?: 'key' | 'value'): readonly Span[];
}

/** One node of the order Flux gets: a stage of a component. */
export interface StageId {
  readonly component: string;
  readonly stage: StageName;
}

/** `from` is applied after `to` is ready. */
export interface StageEdge {
  readonly from: StageId;
  readonly to: StageId;
  readonly reasons: readonly Reason[];
}

export interface ResolvedComponent {
  readonly component: Component;
  readonly values: MergedValues;
  /** Why the cluster has it. */
  readonly reasons: readonly Reason[];
  /** `install`, and `configure` where the component has such templates. */
  readonly stages: readonly StageName[];
}

/** A cluster with every choice made: the input of plan. */
export interface ResolvedCluster {
  readonly name: string;
  /** From the workspace root: clusters/<name>/cluster.yaml. */
  readonly file: string;
  readonly spec: ClusterSpec;
  readonly settings: MergedValues;
  readonly peer?: { readonly name: string; readonly spec: ClusterSpec; readonly settings: MergedValues };
  /** The manifests and values files that its settings and values can come from, by path. */
  readonly documents: ReadonlyMap<string, SourceDocument>;
  /** Sorted by name. */
  readonly components: readonly ResolvedComponent[];
  /** Acyclic; sorted by from, then to; the `configure` → `install` edge of each component included. */
  readonly edges: readonly StageEdge[];
  /** capability → component that provides it. */
  readonly capabilities: ReadonlyMap<string, StageId>;
}
