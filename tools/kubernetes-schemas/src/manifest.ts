/** Where objects of a kind live. */
export type Scope = 'Namespaced' | 'Cluster';

/** One kind in manifest.json. */
export interface ManifestKind {
  /** null for what is never stored as an object of its own, such as `v1/PodList`. */
  readonly scope: Scope | null;
  /** The resource name in URLs and in CustomResourceDefinition names, null where the kind has none. */
  readonly plural: string | null;
  /** Index into {@link ManifestSet.sources}. */
  readonly source: number;
  /** sha256 of the schema's JSON text. */
  readonly digest: string;
}

/** What schemas were made from, pinned: a registry package, or a file of this package that was written from documentation. */
export interface ManifestSource {
  readonly registry: 'go' | 'maven' | 'own';
  readonly module: string;
  readonly version: string;
  readonly sum: string;
  /** The operator's release, where `version` is a commit. */
  readonly release?: string;
  /** Set where the catalogue's chart installs another release: the schemas are of this package's release, not of that one. */
  readonly installed?: OtherRelease;
  readonly license: string;
}

/** A release of an operator that its schemas here are not of. */
export interface OtherRelease {
  /** As the chart's appVersion names it. */
  readonly release: string;
  /** Why the schemas are not of that release. */
  readonly reason: string;
}

/** One compressed file of schemas. */
export interface ManifestSet {
  /** File under data/. */
  readonly file: string;
  /** The Kubernetes minor whose built-in kinds these are; null for custom resources. */
  readonly kubernetesVersion: string | null;
  readonly sources: readonly ManifestSource[];
  /** By `apiVersion/kind`, sorted. */
  readonly kinds: Readonly<Record<string, ManifestKind>>;
}

/** Kinds the catalogue names that no registry package gives, with the reason. */
export interface ManifestUnavailable {
  readonly operator: string;
  /** API groups, or `apiVersion/kind` of single kinds. */
  readonly groups: readonly string[];
  readonly reason: string;
  /** The packages that were asked for, as `package version`. */
  readonly tried: readonly string[];
}

/** The content of manifest.json. */
export interface Manifest {
  readonly sets: readonly ManifestSet[];
  readonly unavailable: readonly ManifestUnavailable[];
}
