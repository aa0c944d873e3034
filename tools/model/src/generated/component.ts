// Generated from tools/model/schemas/component.schema.json by `nx run model:generate-types`. Do not edit.

/**
 * A capability by name, or {name, stage}; default stage: install.
 */
export type ProvidedCapability =
  | string
  | {
      name: CapabilityName;
      /**
       * The stage after which it works.
       */
      stage?: 'install' | 'configure';
    };
/**
 * A capability's name: lower-case letters, digits and dashes.
 */
export type CapabilityName = string;
/**
 * A component by name, or {name, stage}.
 */
export type ComponentRequirement =
  | string
  | {
      name: ComponentName;
      /**
       * The stage to wait for; default: the last one.
       */
      stage?: 'install' | 'configure';
    };
/**
 * A component's name: lower-case letters, digits and dashes. Helm allows 53 characters for a release.
 */
export type ComponentName = string;

/**
 * What the component is, needs and gives.
 */
export interface ComponentSpec {
  /**
   * Name for people.
   */
  title: string;
  /**
   * One sentence: what it does.
   */
  description: string;
  /**
   * Group in the catalogue, e.g. security.
   */
  category?: string;
  /**
   * Upstream's page.
   */
  homepage?: string;
  /**
   * SPDX expression of upstream's licence.
   */
  license?: string;
  /**
   * coming: listed, but no cluster can have it yet. Default: available.
   */
  maturity?: 'available' | 'coming';
  /**
   * Namespace of its namespaced objects; the compiler makes it.
   */
  namespace: string;
  /**
   * Labels of the namespace, e.g. the pod security level.
   */
  namespaceLabels?: {
    [k: string]: string;
  };
  helm?: Helm;
  source?: Source;
  /**
   * What others can rely on once it runs.
   */
  provides?: {
    /**
     * Custom resource definitions it installs, as <plural>.<group>.
     */
    crds?: string[];
    /**
     * Capabilities it gives the cluster.
     */
    capabilities?: ProvidedCapability[];
  };
  requires?: Requirements;
  /**
   * What holds for the configure stage only.
   */
  configure?: {
    requires?: Requirements;
  };
  /**
   * Components whose last stage comes first where the cluster has them.
   */
  after?: ComponentName[];
  readiness?: Readiness;
  /**
   * What it asks of the nodes.
   */
  footprint?: {
    /**
     * Its workloads with the requests of one replica.
     */
    workloads?: Workload[];
  };
  /**
   * How its state survives the loss of a cluster.
   */
  disasterRecovery?: {
    /**
     * The mechanism, e.g. wal-streaming; none for state that is not worth keeping.
     */
    strategy: string;
    /**
     * How it works, for the people on call.
     */
    description?: string;
  };
  /**
   * The component exists only where each of these choices of the cluster has one of the listed options.
   */
  choices?: {
    /**
     * @minItems 1
     */
    [k: string]: string[];
  };
}
/**
 * The chart that installs it.
 */
export interface Helm {
  /**
   * Chart repository: https://… or oci://….
   */
  repository: string;
  /**
   * Name of the chart in the repository.
   */
  chart: string;
  /**
   * Exact version, e.g. v1.21.1.
   */
  version: string;
  /**
   * Helm release name. Default: the component's name.
   */
  releaseName?: string;
  /**
   * What happens to the chart's custom resource definitions. Default: CreateReplace for both.
   */
  crds?: {
    /**
     * When the chart is first installed.
     */
    install?: 'Create' | 'CreateReplace' | 'Skip';
    /**
     * When the chart is upgraded.
     */
    upgrade?: 'Create' | 'CreateReplace' | 'Skip';
  };
  /**
   * How long Helm waits for the release. Default: 10m.
   */
  timeout?: string;
  /**
   * Helm does not wait for the release to be ready. Say why in a comment.
   */
  disableWait?: boolean;
}
/**
 * Plain manifests of an upstream git repository, applied by Flux from there.
 */
export interface Source {
  /**
   * Clone URL.
   */
  git: string;
  /**
   * What to check out: a tag or a commit.
   */
  ref: {
    /**
     * A tag.
     */
    tag?: string;
    /**
     * A full commit hash.
     */
    commit?: string;
  };
  /**
   * Folder in the repository, e.g. ./config/crd.
   */
  path: string;
  /**
   * Flux deletes objects that the source no longer has. Default: true.
   */
  prune?: boolean;
}
/**
 * What must be in the cluster and ready before the stage. What is absent is added.
 */
export interface Requirements {
  /**
   * Components, by name; {name, stage} waits for one stage instead of the last one.
   */
  components?: ComponentRequirement[];
  /**
   * Capabilities, by name: waits for the stage that provides each.
   */
  capabilities?: CapabilityName[];
}
/**
 * When the component counts as ready.
 */
export interface Readiness {
  /**
   * How long Flux waits. Default: 10m with a chart, else 5m.
   */
  timeout?: string;
  /**
   * Objects that must be ready besides those of the stage.
   */
  checks?: {
    /**
     * API version of the object.
     */
    apiVersion: string;
    /**
     * Kind of the object.
     */
    kind: string;
    /**
     * Name of the object.
     */
    name: string;
    /**
     * Namespace of the object. Default: the component's.
     */
    namespace?: string;
  }[];
  /**
   * CEL expressions that read the status of custom resources.
   */
  expressions?: {
    /**
     * API version of the kind.
     */
    apiVersion: string;
    /**
     * Kind the expressions are for.
     */
    kind: string;
    /**
     * True when the object is ready.
     */
    current: string;
    /**
     * True when it has failed.
     */
    failed?: string;
    /**
     * True while it is on its way.
     */
    inProgress?: string;
  }[];
}
/**
 * One workload with the requests of one replica.
 */
export interface Workload {
  /**
   * Name of the workload.
   */
  name: string;
  /**
   * Kind of the workload; a DaemonSet has one replica a node.
   */
  kind: 'Deployment' | 'StatefulSet' | 'DaemonSet' | 'Job';
  /**
   * Replicas. Default: 1.
   */
  replicas?: string | number;
  /**
   * CPU request of one replica.
   */
  cpu: string | number;
  /**
   * Memory request of one replica.
   */
  memory: string | number;
  /**
   * Limits of one replica.
   */
  limits?: {
    /**
     * CPU limit of one replica.
     */
    cpu?: string | number;
    /**
     * Memory limit of one replica.
     */
    memory?: string | number;
  };
  /**
   * GPUs of one replica.
   */
  gpu?: string | number;
  /**
   * Persistent storage of one replica.
   */
  storage?: string | number;
}
