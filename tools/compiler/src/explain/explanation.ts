import type { Span } from '@fluxwright/diagnostics';
import type { JsonValue } from '@fluxwright/documents';
import type { Reason, Reload, ServicePhase, StageId } from '@fluxwright/model';

/** One value of an object and the lines it came from. */
export interface ExplainedValue {
  /** As `formatPath` writes it. */
  readonly path: string;
  readonly value: JsonValue;
  /** The template line that wrote it, or the manifest line the compiler took it from. */
  readonly template: Span;
  /** The lines of the value layers behind it, the strongest first; [] where the template says it literally. */
  readonly layers: readonly Span[];
  /** What the template read for it, e.g. `values.replicas`. */
  readonly reads: readonly string[];
}

/** Why the stage of an object waits for another. */
export interface ExplainedEdge {
  readonly to: StageId;
  readonly reasons: readonly Reason[];
}

/** How the readers of something that is renewed take up its new content. */
export interface ExplainedReload {
  /** The component that says so. */
  readonly component: string;
  readonly secret: string;
  readonly by: Reload['by'];
  readonly source: string;
  readonly span: Span;
}

/** The service that an object is made for. */
export interface ExplainedService {
  /** `<consumer>/<name>` */
  readonly key: string;
  readonly kind: string;
  readonly provider: string;
  /** Whether its consumer waits for it, or it is attached to what runs. */
  readonly phase: ServicePhase;
  /** The line that asks for it. */
  readonly asked: Span;
  readonly because?: string;
  /** What its workloads ask of the nodes, as their provider says: `StatefulSet shop-db: 2 pods, 0.2 CPU, 1Gi of memory`. */
  readonly cost: readonly string[];
}

/** Why a network policy lets something through. */
export interface ExplainedFlow {
  /** `pods of harbor may call pods of minio at port 9000/TCP` */
  readonly text: string;
  readonly reason: Reason;
}

/** Where an object of a cluster, or one value of it, came from. */
export interface Explanation {
  readonly cluster: string;
  readonly object: {
    readonly apiVersion: string;
    readonly kind: string;
    readonly namespace?: string;
    readonly name: string;
  };
  /** Its file, from the cluster's output folder. */
  readonly file: string;
  readonly source: Span;
  /** Who says what such an object looks like: `chart keda 2.20.2 (recorded)`; absent where nobody does. */
  readonly schema?: string;
  /** Component and stage that make it; absent for what ties the cluster to its repository. */
  readonly stage?: StageId;
  /** What the component is, as its manifest says. */
  readonly component?: { readonly title: string; readonly description: string };
  /** Who asked for it, and what it costs, where it is made for a request. */
  readonly service?: ExplainedService;
  /** What the object renews, and how its readers take up the new content, as their components say. */
  readonly renewed: readonly ExplainedReload[];
  /** What it lets through, where it is a network policy that the graph decides. */
  readonly flows: readonly ExplainedFlow[];
  /** Why the cluster has the component. */
  readonly reasons: readonly Reason[];
  /** What the stage waits for, and why. */
  readonly waitsFor: readonly ExplainedEdge[];
  /** The value asked for; or, where none was, every value that is not literal in the source. */
  readonly values: readonly ExplainedValue[];
}
