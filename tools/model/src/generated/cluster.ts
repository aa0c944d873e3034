// Generated from tools/model/schemas/cluster.schema.json by `nx run model:generate-types`. Do not edit.

/**
 * A name: lower-case letters, digits and dashes.
 */
export type Name = string;
/**
 * An object as Kind/name or Kind/namespace/name.
 */
export type Acknowledgement = string;

/**
 * What the cluster is and has. Keys may also stand in clusters/defaults.yaml.
 */
export interface ClusterSpec {
  /**
   * Cloud or site that runs the nodes; an option that a product declares.
   */
  provider?: string;
  /**
   * The provider's name of the region.
   */
  region?: string;
  /**
   * How traffic reaches the cluster; an option that a product declares.
   */
  loadBalancer?: string;
  /**
   * DNS provider of the domain; an option that a product declares.
   */
  dns?: string;
  /**
   * Object store for archives; an option that a product declares.
   */
  archival?: string;
  /**
   * How large its workloads are; an option that a product declares.
   */
  profile?: string;
  /**
   * Further choices that products declare and that have no key of their own here.
   */
  choices?: {
    [k: string]: string;
  };
  /**
   * The Kubernetes it runs.
   */
  kubernetes: {
    /**
     * Distribution of Kubernetes.
     */
    distribution: 'k3s';
    /**
     * Minor or patch version, in quotes: "1.36" or "1.36.1".
     */
    version: string;
  };
  /**
   * The Flux it runs.
   */
  flux: {
    /**
     * Minor or patch version, in quotes: "2.9".
     */
    version: string;
  };
  /**
   * Its nodes.
   */
  nodes?: {
    /**
     * Groups of equal nodes.
     */
    pools?: NodePool[];
    /**
     * Pods that one node takes, as its kubelet is told. Default: 50.
     */
    maxPods?: number;
    /**
     * Nodes of any one pool whose loss the others must carry. Default: 1.
     */
    spare?: number;
  };
  /**
   * Domain that its names lie under, e.g. fsn1.example.com.
   */
  domain: string;
  /**
   * Networks of the cluster, as its nodes are made with.
   */
  network?: {
    /**
     * Network of its pods.
     */
    podCIDR?: string;
    /**
     * Network of its nodes, e.g. 10.0.0.0/24: a bootstrap gives them addresses of it.
     */
    nodeCIDR?: string;
    /**
     * Network of its services.
     */
    serviceCIDR?: string;
  };
  /**
   * The repository Flux reads the generated tree from.
   */
  git: {
    /**
     * Clone URL, without credentials: https://, http:// or ssh://.
     */
    url: string;
    /**
     * Branch to follow.
     */
    branch: string;
    /**
     * Folder of this cluster in the repository: names of letters, digits, ".", "_" and "-", each beginning with a letter or digit, with "/" between them. Default: clusters/<name>.
     */
    path: string;
    /**
     * Branch that publish keeps the failover tree on, of a cluster that has copies of what its peer writes. Default: failover.
     */
    failover?: string;
    /**
     * Secret in flux-system with the credentials; none for a public repository.
     */
    secretRef?: string;
  };
  /**
   * Products it has besides the mandatory ones.
   */
  products?: Name[];
  /**
   * Components it has besides those of its products.
   */
  components?: Name[];
  /**
   * Values over the defaults, by component.
   */
  values?: {
    [k: string]: {
      [k: string]: unknown;
    };
  };
  /**
   * What no value of a component reaches, by component. A last resort: what several clusters need should become a value.
   */
  overrides?: {
    [k: string]: Override;
  };
  /**
   * The pair it belongs to: both clusters name each other, one is primary.
   */
  disasterRecovery?: {
    /**
     * Its part in the pair.
     */
    role: 'primary' | 'standby';
    /**
     * A name: lower-case letters, digits and dashes.
     */
    peer: string;
    /**
     * Its part for single services, as <component>/<name>, where that is another than its role.
     */
    services?: {
      [k: string]: 'primary' | 'standby';
    };
    /**
     * true: it was primary and hands over, so that both are standby until the other one is promoted. Default: false.
     */
    switching?: boolean;
    /**
     * What the former primary of a service left when it was demoted, by <component>/<name>: data, no secret.
     */
    tokens?: {
      [k: string]: string;
    };
    /**
     * Networks that its nodes reach the other cluster from: nobody else is let in there.
     */
    sources?: string[];
  };
  /**
   * Objects with data that the next change may delete, install anew or give another secret, by name: what they keep is then lost, or saved by hand.
   */
  acknowledge?: Acknowledgement[];
  /**
   * How charts reach the cluster: helm-release lets Flux's helm-controller install them, rendered writes the objects they make.
   */
  delivery: 'helm-release' | 'rendered';
  /**
   * true: the cluster may have options and components of maturity coming, to try them. Default: false.
   */
  preview?: boolean;
  /**
   * How its policies act.
   */
  policies: {
    /**
     * Of admission policies: Audit reports a breach, Enforce refuses it.
     */
    enforcement: 'Audit' | 'Enforce';
    /**
     * Network policies of components whose flows are complete: off makes none, audit makes them and denies nothing, enforce denies what they do not let through.
     */
    network: 'off' | 'audit' | 'enforce';
  };
  /**
   * Who answers for the cluster.
   */
  contact?: {
    /**
     * Mail address, e.g. for certificate expiry notices.
     */
    email?: string;
  };
}
/**
 * A group of equal nodes.
 */
export interface NodePool {
  /**
   * Name of the pool.
   */
  name: string;
  /**
   * What the provider calls its kind of machine, e.g. cx33; a bootstrap makes its nodes of it.
   */
  type?: string;
  /**
   * Whether its nodes hold the state of the cluster. All that do are an odd number. Default: false.
   */
  controlPlane?: boolean;
  /**
   * Number of nodes.
   */
  count: number;
  /**
   * Cores of one node.
   */
  cpu: number;
  /**
   * Memory of one node, e.g. 8Gi.
   */
  memory: string;
  /**
   * GPUs of one node. Default: 0.
   */
  gpu?: number;
  price?: Price;
  /**
   * Nodes of this pool whose loss the others must carry. Default: that of the cluster.
   */
  spare?: number;
  /**
   * Labels of its nodes that workloads select by.
   */
  labels?: {
    [k: string]: string;
  };
  /**
   * Taints of its nodes: only pods that tolerate them run there.
   */
  taints?: Taint[];
}
/**
 * What one of its nodes costs.
 */
export interface Price {
  /**
   * Code of ISO 4217, e.g. EUR.
   */
  currency: string;
  /**
   * Amount a month; the least where it depends on use.
   */
  month: number;
  /**
   * The most that it is likely to be. Default: month.
   */
  upTo?: number;
}
/**
 * A taint of a node.
 */
export interface Taint {
  /**
   * Key of the taint.
   */
  key: string;
  /**
   * Value of the taint.
   */
  value?: string;
  /**
   * What happens to pods that do not tolerate it.
   */
  effect: 'NoSchedule' | 'PreferNoSchedule' | 'NoExecute';
}
/**
 * Changes to what a component makes, in the words of its chart and of Kustomize.
 */
export interface Override {
  /**
   * Values of the chart itself, over those that the component gives it. null takes a default of the chart away.
   */
  values?: {
    [k: string]: unknown;
  };
  /**
   * Patches of Kustomize, in their order, on the objects of the component and of its chart.
   *
   * @minItems 1
   */
  patches?: Patch[];
}
/**
 * A patch as Kustomize and Flux have it.
 */
export interface Patch {
  /**
   * YAML of a strategic merge patch, or of a JSON patch (RFC 6902).
   */
  patch: string;
  /**
   * The objects that it is for. Default: the one that the patch names.
   */
  target?: {
    /**
     * API group.
     */
    group?: string;
    /**
     * Version of the API.
     */
    version?: string;
    /**
     * Kind, as a regular expression.
     */
    kind?: string;
    /**
     * Name, as a regular expression.
     */
    name?: string;
    /**
     * Namespace, as a regular expression.
     */
    namespace?: string;
    /**
     * Labels that they have.
     */
    labelSelector?: string;
    /**
     * Annotations that they have.
     */
    annotationSelector?: string;
  };
}
