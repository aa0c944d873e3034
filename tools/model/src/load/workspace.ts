import type { JsonObject, SourceDocument } from '@fluxwright/documents';
import type { ClusterSpec } from '../generated/cluster.ts';
import type { ComponentSpec } from '../generated/component.ts';
import type { ProductSpec } from '../generated/product.ts';
import type { ServiceContract } from './service-contract.ts';

/** What a component's folder has templates of: applied with the release, or once the component runs. */
export type TemplateStage = 'install' | 'configure';

/**
 * What holds the objects that others make for a component: `services` those that it waits for, `attach` those that stand beside it
 * once it runs, for which nobody waits.
 */
export type ServiceStage = 'services' | 'attach';

/** The FluxKustomization an object belongs to; `pair` holds what crosses to the other cluster, for which nobody outside the pair waits. */
export type StageName = ServiceStage | TemplateStage | 'pair';

/** A text file of a component, read and known to be UTF-8. */
export interface ComponentFile {
  /** From the workspace root, with `/`. */
  readonly file: string;
  /** From the folder that gives it its meaning: `install/`, `configure/`, `pair/`, `services/`, `network/`, `bootstrap/` or `kustomize/`. */
  readonly path: string;
  readonly text: string;
}

/** What a component says for one option of a choice: values.<choice>.<option>.yaml, a layer right above its defaults. */
export interface Answer {
  readonly choice: string;
  readonly option: string;
  readonly document: SourceDocument;
}

export interface Component {
  readonly name: string;
  /** From the workspace root; below node_modules for a component that npm installed. */
  readonly folder: string;
  /** From package.json. */
  readonly version: string;
  readonly manifest: SourceDocument;
  readonly spec: ComponentSpec;
  /** values.schema.json, with the shared definitions that it takes put below its `$defs`. */
  readonly schema: SourceDocument;
  /** values.yaml; absent where the component has no values. */
  readonly defaults?: SourceDocument;
  /** Its answers to choices, sorted by file. */
  readonly answers: readonly Answer[];
  /** helm/values.yaml.hbs, for a component with a chart. */
  readonly helmValues?: ComponentFile;
  /** chart.facts.yaml, for a component with a chart: see `readChartFacts`. */
  readonly facts?: ComponentFile;
  /** crds.facts.yaml: see `readDefinitionFacts`. */
  readonly definitionFacts?: ComponentFile;
  /** Templates of each stage, sorted by path. */
  readonly templates: Readonly<Record<TemplateStage, readonly ComponentFile[]>>;
  /** services/<kind>.yaml.hbs by kind: what it makes for each request of others. */
  readonly services: ReadonlyMap<string, ComponentFile>;
  /** network/*.yaml.hbs, sorted by path: the network policy of each component whose flows are complete. */
  readonly network: readonly ComponentFile[];
  /** services/<kind>.pair.yaml.hbs by kind: what of a request crosses to the other cluster of a pair. */
  readonly crossing: ReadonlyMap<string, ComponentFile>;
  /** services/<kind>.trust.yaml.hbs by kind: what of it lets the other cluster in here. */
  readonly trust: ReadonlyMap<string, ComponentFile>;
  /** Templates in pair/, sorted by path: what of itself crosses there. */
  readonly pair: readonly ComponentFile[];
  /** The contracts of the workspace, by kind. */
  readonly contracts: ReadonlyMap<string, ServiceContract>;
  /** What a person works with before Flux runs, sorted by path: `.hbs` runs, everything else is written as it is. */
  readonly bootstrap: readonly ComponentFile[];
  /** The plain Kustomize base, sorted by path; empty for most. */
  readonly kustomize: readonly ComponentFile[];
}

export interface Product {
  readonly name: string;
  readonly folder: string;
  readonly manifest: SourceDocument;
  readonly spec: ProductSpec;
}

export interface Cluster {
  readonly name: string;
  readonly folder: string;
  readonly manifest: SourceDocument;
  /** As the file has it: clusters/defaults.yaml is merged in by resolve. */
  readonly spec: JsonObject;
  /** What is to hold in place of what the file says of the same keys, null for nothing: another part in the pair. */
  readonly instead?: JsonObject;
}

/** Everything load read: maps are sorted by name, broken packages are absent and have their diagnostics. */
export interface Workspace {
  /** Where it lies on this machine. Never part of an output. */
  readonly root: string;
  readonly components: ReadonlyMap<string, Component>;
  readonly products: ReadonlyMap<string, Product>;
  /** The clusters that were asked for, and their peers. */
  readonly clusters: ReadonlyMap<string, Cluster>;
  /** Names of all cluster folders, read or not; sorted. */
  readonly clusterNames: readonly string[];
  readonly defaults?: SourceDocument;
  /** What components may ask of each other, by kind; sorted. */
  readonly contracts: ReadonlyMap<string, ServiceContract>;
  /**
   * What exists but could not be read, as `components/<name>`, `products/<name>` or `clusters/<name>`: what uses one of
   * them fails without a second message.
   */
  readonly broken: ReadonlySet<string>;
  /** Text of every file that was read, by its path from the root: what printers show below a finding. */
  readonly sources: ReadonlyMap<string, string>;
}

export type { ClusterSpec, ComponentSpec, ProductSpec };
