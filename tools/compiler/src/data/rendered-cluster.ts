import type { Span } from '@fluxwright/diagnostics';
import type { JsonObject, JsonPath } from '@fluxwright/documents';
import type { ChartFacts, ResolvedCluster, ResolvedRequest, StageEdge, StageId } from '@fluxwright/model';
import type { Bootstrap } from './bootstrap.ts';
import type { RecordedRelease } from './recorded-release.ts';

/** Where one value of an object came from. */
export interface ValueOrigin {
  /** Template line that wrote it, or the manifest line the compiler took it from. */
  readonly span: Span;
  /** Places in the value layers behind it; [] where the template says it literally. */
  readonly layers: readonly Span[];
  /** Context paths the template read for it, e.g. `values.replicas`. */
  readonly reads: readonly string[];
}

/** Where an object came from. */
export interface Origin {
  /** Stage whose folder holds it; absent for the objects that tie the cluster to its repository (flux-system/). */
  readonly stage?: StageId;
  /** The service that the object is made for, and the component whose template and values made it. */
  readonly service?: { readonly provider: string; readonly request: ResolvedRequest };
  /** First line of the object in its source, or the manifest line that called for it. */
  readonly span: Span;
  /** Origin of the value at a path of the object, or of the key it stands under. */
  trace(path: JsonPath, part?: 'key' | 'value'): ValueOrigin;
}

/** One Kubernetes object of the output, with its place in the tree. */
export interface Resource {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
  readonly object: JsonObject;
  readonly origin: Origin;
  /** From the cluster's output folder, e.g. `components/cnpg/install/namespace-cnpg-system.yaml`. */
  readonly path: string;
  /** True where the object is read from a file of a Kustomize base: `path` is that copy, and nothing else is written. */
  readonly copied?: true;
  /** The template of a chart that made it, as `<chart>/templates/<file>`. */
  readonly chart?: string;
}

/** A file that reaches the tree as it is: a part of a Kustomize base. */
export interface CopiedFile {
  /** Stage whose kustomization lists the base: its folder `kustomize/`. */
  readonly stage: StageId;
  readonly path: string;
  readonly text: string;
  readonly source: Span;
}

/** The recorded facts of a component's chart, and what they tell of its release in a cluster. */
export interface RecordedFacts {
  readonly component: string;
  readonly facts: ChartFacts;
  /** Why they tell nothing, where they do not. */
  readonly stale?: string;
  /** True where the chart itself tells more. */
  readonly isAtHand: boolean;
  readonly release: RecordedRelease;
  /** Objects that the release makes, as far as they are known: `release.objects` in their place. */
  readonly resources: readonly Resource[];
}

/** Everything one cluster's tree will hold, before it is bytes. */
export interface RenderedCluster {
  readonly cluster: ResolvedCluster;
  /** Sorted by path. */
  readonly resources: readonly Resource[];
  /** What Helm will make in the cluster of the charts at hand: checked like `resources`, and in no file of the tree. */
  readonly released: readonly Resource[];
  /** What was recorded of the charts of releases. */
  readonly recorded: readonly RecordedFacts[];
  /** HelmReleases in whose place the objects of their charts are in the tree: what those were made of. */
  readonly replaced: readonly Resource[];
  /** Components whose chart is at hand, whatever Helm makes of it. */
  readonly charted: readonly string[];
  /** Components whose chart asks the cluster for objects, which are not here: it makes what it makes on a first install. */
  readonly asking: readonly string[];
  /** sha256 of each chart whose objects are in the tree. */
  readonly charts: readonly string[];
  readonly copies: readonly CopiedFile[];
  /** Absent where no component says how machines and Flux come to be. */
  readonly bootstrap?: Bootstrap;
  /** Stages that have objects; edges through empty ones are joined. */
  readonly stages: readonly StageId[];
  readonly edges: readonly StageEdge[];
}

/**
 * All objects of a cluster that are known: those of its tree, what Helm will make of the charts at hand, and what was recorded of the
 * others. Of a recorded object only those parts are there that somebody asks for.
 */
export function knownObjects({
  resources,
  released,
  recorded,
}: Pick<RenderedCluster, 'resources' | 'released' | 'recorded'>): readonly Resource[] {
  return [...resources, ...released, ...recorded.flatMap((each) => (each.isAtHand ? [] : each.resources))];
}
