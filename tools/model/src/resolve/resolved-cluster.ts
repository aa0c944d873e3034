import type { Span } from '@fluxwright/diagnostics';
import type { JsonObject, JsonPath, JsonValue, SourceDocument } from '@fluxwright/documents';
import type { ServiceRequest } from '../generated/component.ts';
import type { Facts, Price } from '../generated/product.ts';
import type { ServiceContract } from '../load/service-contract.ts';
import type { SaidService } from '../load/services.ts';
import type { ClusterSpec, Component, ServiceStage, StageName } from '../load/workspace.ts';

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

/** Something that is so because of what the cluster chose (docs/decisions/0059). */
export interface Fact {
  readonly value: JsonValue;
  /** Who says it, for people: `provider "hetzner"`. */
  readonly by: string;
  readonly span: Span;
}
export type FactName = keyof Facts;

export interface ResolvedComponent {
  readonly component: Component;
  readonly values: MergedValues;
  /** Why the cluster has it. */
  readonly reasons: readonly Reason[];
  /** `services` where it gets some before, `install`, `configure` where it has such templates, `attach` where it gets some beside, `pair` where something crosses to the other cluster; in this order. */
  readonly stages: readonly StageName[];
  /** How it meets itself in the other cluster of the pair. */
  readonly pair?: ServicePair;
}

/** One of the list that `forEach` names. */
export interface RequestItem {
  readonly name: string;
  readonly value: JsonValue;
  /** Where it stands in the values of the component that asks. */
  readonly at: JsonPath;
  readonly origins: readonly Span[];
}

/** A service that a component of a cluster gets, and who makes it (docs/decisions/0065). */
export interface ResolvedRequest {
  /** `<consumer>/<name>`: unique in the cluster. */
  readonly key: string;
  /** What the consumer calls it; with the name in the list for one of forEach, and after that of the request it is needed for. */
  readonly name: string;
  /** The name that its manifest line says: of forEach, several have it. */
  readonly group: string;
  readonly kind: string;
  /** The stage of its consumer that its objects lie in: that of the contract's phase, but `attach` with all that something attached needs. */
  readonly stage: ServiceStage;
  /** The component that gets it. */
  readonly consumer: string;
  /** Name of the objects that are made for it. */
  readonly object: string;
  readonly said: ServiceRequest;
  /** The component whose manifest asks: the consumer, or who provides the request that this one is needed for. */
  readonly asker: string;
  readonly path: JsonPath;
  readonly span: Span;
  /** The stage of its provider that it waits for. */
  readonly provider: StageId;
  /** What its provider says of the kind. */
  readonly service: SaidService;
  readonly contract: ServiceContract;
  /** What `forEach` gives it. */
  readonly item?: RequestItem;
  /** Key of the request that it is needed for. */
  readonly parent?: string;
  /** How it is copied to the other cluster of the pair. */
  readonly pair?: ServicePair;
}

export type PairRole = 'primary' | 'standby';

/** What one cluster of a pair does with a service that both have. Of both sides one at most copies. */
export interface PairPart {
  readonly role: PairRole;
  /** It follows the other side: it is standby, and does not hand over. */
  readonly copies: boolean;
  /** It was primary and waits for the other side to become it: nobody writes, and the other side still copies from here. */
  readonly handsOver: boolean;
}

/** A service of a pair. */
export interface ServicePair extends PairPart {
  readonly strategy: string;
  /** How its two halves reach each other. */
  readonly way: string;
  /** What the former primary left. */
  readonly token?: string;
}

/** The other cluster of a pair. */
export interface ResolvedPeer {
  readonly name: string;
  readonly spec: ClusterSpec;
  readonly settings: MergedValues;
  /** What it is by its own manifests, where something is copied to it or from it. */
  readonly half?: ResolvedCluster;
}

/** What an option costs a cluster. */
export interface OptionPrice {
  /** The choice that it answers: `loadBalancer`. */
  readonly choice: string;
  readonly option: string;
  readonly price: Price;
}

/** A cluster with every choice made: the input of plan. */
export interface ResolvedCluster {
  readonly name: string;
  /** From the workspace root: clusters/<name>/cluster.yaml. */
  readonly file: string;
  readonly spec: ClusterSpec;
  readonly settings: MergedValues;
  readonly peer?: ResolvedPeer;
  /** The manifests and values files that its settings and values can come from, by path. */
  readonly documents: ReadonlyMap<string, SourceDocument>;
  /** Sorted by name. */
  readonly components: readonly ResolvedComponent[];
  /**
   * Components whose data the other cluster writes, and what waits for them: they run there. Of these the stages here are
   * those that hold a copy. Sorted by name.
   */
  readonly standbys: readonly ResolvedComponent[];
  /** Sorted by key. */
  readonly services: readonly ResolvedRequest[];
  /** Acyclic; sorted by from, then to; the edges between the stages of each component included. */
  readonly edges: readonly StageEdge[];
  /** What the options that it chose state. */
  readonly facts: ReadonlyMap<FactName, Fact>;
  /** What the options that it chose cost; sorted by what they answer. */
  readonly prices: readonly OptionPrice[];
  /** capability → component that provides it. */
  readonly capabilities: ReadonlyMap<string, StageId>;
}
