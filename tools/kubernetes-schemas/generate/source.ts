import type { ManifestUnavailable, OtherRelease } from '../src/manifest.ts';

/** What custom resource definitions or built-in schemas come from, pinned to one version: a registry package, or a file of our own. */
export interface Source {
  /** File stem under data/: sources with the same set share one compressed file. */
  readonly set: string;
  /** `own`: written in own/ from the documentation of a release, where the definition itself may not be shipped. */
  readonly registry: 'go' | 'maven' | 'own';
  /** Go module path, Maven `group:artifact`, or the file in own/. */
  readonly module: string;
  readonly version: string;
  /** Go: the `h1:` sum of the module zip. Else `sha256:` of the jar or file. Checked before anything is read. */
  readonly sum: string;
  /** Go toolchain the module asks for, where the installed one is too old to open it. */
  readonly toolchain?: string;
  /** The operator's release, where `version` is a commit. */
  readonly release?: string;
  /** Set where the catalogue's chart installs another release than this. */
  readonly installed?: OtherRelease;
  /** SPDX identifier, only where the package has no licence file; then its headers or its pom.xml name it. */
  readonly license?: string;
  /** How its definitions are had; see {@link Extraction}. */
  readonly read: Extraction;
}

/** How the kinds of a source are had: from an OpenAPI v2 file, from Strimzi's crd-generator, or as below. */
export type Extraction = SwaggerExtraction | StrimziExtraction | CrdExtraction;

/** The OpenAPI v2 file of the built-in kinds inside a module, and the Kubernetes minor it is of. */
export interface SwaggerExtraction {
  readonly swagger: string;
  readonly minor: string;
}

/** Model classes in a jar. */
export interface StrimziExtraction {
  readonly strimzi: readonly string[];
}

/**
 * - `crds`: globs of CustomResourceDefinition YAML files inside the module or the jar
 * - `kustomize`: folders inside the module, run through `kustomize build`
 * - `controllerGen`: API packages inside the module, run through controller-gen
 */
export type CrdExtraction =
  | { readonly crds: readonly string[] }
  | { readonly kustomize: readonly string[] }
  | { readonly controllerGen: readonly string[] };

/** The content of sources.json. */
export interface Sources {
  readonly sources: readonly Source[];
  readonly unavailable: readonly ManifestUnavailable[];
}
