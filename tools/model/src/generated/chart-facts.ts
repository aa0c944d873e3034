// Generated from tools/model/schemas/chart-facts.schema.json by `nx run model:generate-types`. Do not edit.

/**
 * What the release of a component makes, and what that depends on.
 */
export interface ChartFactsSpec {
  chart: FactsChart;
  release: FactsRelease;
  /**
   * Test case of the component whose values were rendered.
   */
  case: string;
  /**
   * Minor of Kubernetes that was rendered for.
   */
  kubernetes: string;
  /**
   * What the chart asks the cluster for: seen as on a first install.
   */
  lookups?: string[];
  /**
   * Which objects are others where something else is given.
   */
  depends?: FactsDependence[];
  /**
   * Values of the release, as JSON pointers, on which nothing here depends.
   */
  free?: string[];
  /**
   * What is made, each object with what others ask of it and nothing else.
   */
  objects: FactsObject[];
}
/**
 * The chart that was rendered.
 */
export interface FactsChart {
  /**
   * Where component.yaml takes it from.
   */
  repository: string;
  /**
   * As component.yaml names it.
   */
  name: string;
  /**
   * As component.yaml states it.
   */
  version: string;
  /**
   * Of the packaged chart.
   */
  digest: string;
  /**
   * Of the program, as the chart says.
   */
  appVersion?: string;
}
/**
 * The release whose names the objects bear.
 */
export interface FactsRelease {
  /**
   * Name of the release.
   */
  name: string;
  /**
   * Namespace that it is installed to.
   */
  namespace: string;
}
/**
 * Objects, and what was given when they were made so.
 */
export interface FactsDependence {
  /**
   * Objects that are made in any case, and otherwise: `Kind name` or `Kind namespace/name`.
   */
  objects?: string[];
  /**
   * Objects that are made or not, also such as are not made here; `*` for all there can be.
   */
  existence?: string[];
  /**
   * True where they depend on the minor of Kubernetes.
   */
  kubernetes?: boolean;
  /**
   * API groups, and whether the cluster had them.
   */
  apiGroups?: {
    [k: string]: boolean;
  };
  /**
   * Values of the release, by JSON pointer.
   */
  values?: {
    [k: string]: unknown;
  };
  /**
   * JSON pointers of values that were not set.
   */
  absent?: string[];
}
/**
 * A part of a Kubernetes object: of a Secret the names of its keys, of a workload what it asks for and reads.
 */
export interface FactsObject {
  /**
   * Of the object.
   */
  apiVersion: string;
  /**
   * Of the object.
   */
  kind: string;
  /**
   * Its identity.
   */
  metadata: {
    /**
     * Of the object.
     */
    name: string;
    /**
     * Absent for an object of the whole cluster.
     */
    namespace?: string;
    [k: string]: unknown;
  };
  [k: string]: unknown;
}
