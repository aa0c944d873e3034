// Generated from tools/model/schemas/component-test.schema.json by `nx run model:generate-types`. Do not edit.

/**
 * Networks that its nodes reach the other cluster from: nobody else is let in there.
 */
export type Sources = string[];
/**
 * What comes before its services stage.
 *
 * @minItems 1
 *
 * Items: A component or one of its stages.
 */
export type Stages = string[];
/**
 * What comes before its install stage.
 *
 * @minItems 1
 *
 * Items: A component or one of its stages.
 */
export type Stages1 = string[];
/**
 * What comes before its configure stage.
 *
 * @minItems 1
 *
 * Items: A component or one of its stages.
 */
export type Stages2 = string[];
/**
 * What comes before its attach stage.
 *
 * @minItems 1
 *
 * Items: A component or one of its stages.
 */
export type Stages3 = string[];
/**
 * What comes before its pair stage.
 *
 * @minItems 1
 *
 * Items: A component or one of its stages.
 */
export type Stages4 = string[];

/**
 * What is tried and what is expected.
 */
export interface ComponentTestSpec {
  /**
   * One sentence: the behaviour, as a user of the component would say it.
   */
  description: string;
  cluster?: TestSettings;
  peer?: TestSettings1;
  /**
   * Values of the component, over its defaults.
   */
  values?: {
    [k: string]: unknown;
  };
  /**
   * Further components of the cluster. What the component requires is there anyway.
   */
  also?: Neighbour[];
  /**
   * Services that a trial consumer asks for, in the namespace test-consumer: what a provider makes of each is looked at as its own objects are.
   *
   * @minItems 1
   */
  requests?: ServiceRequest[];
  /**
   * Objects that the trial consumer has of its own, such as the Service behind a route: nobody looks into them.
   *
   * @minItems 1
   */
  given?: NamedObject[];
  expect: Expectations;
}
/**
 * Settings of the cluster, over those of every test.
 */
export interface TestSettings {
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
  choices?: Choices;
  kubernetes?: Kubernetes;
  flux?: Flux;
  nodes?: Nodes;
  network?: Network;
  /**
   * Domain that its names lie under, e.g. fsn1.example.com.
   */
  domain?: string;
  git?: Git;
  /**
   * How charts reach the cluster: helm-release lets Flux's helm-controller install them, rendered writes the objects they make.
   */
  delivery?: 'helm-release' | 'rendered';
  policies?: Policies;
  contact?: Contact;
  /**
   * Its part in the pair, where the case has a peer. Default: primary, and the peer plays the other part.
   */
  disasterRecovery?: {
    /**
     * Its part in the pair.
     */
    role?: 'primary' | 'standby';
    services?: Services;
    /**
     * true: it was primary and hands over, so that both are standby until the other one is promoted. Default: false.
     */
    switching?: boolean;
    tokens?: Tokens;
    sources?: Sources;
  };
}
/**
 * Further choices that products declare and that have no key of their own here.
 */
export interface Choices {
  [k: string]: string;
}
/**
 * The Kubernetes it runs.
 */
export interface Kubernetes {
  /**
   * Distribution of Kubernetes.
   */
  distribution?: 'k3s';
  /**
   * Minor or patch version, in quotes: "1.36" or "1.36.1".
   */
  version?: string;
}
/**
 * The Flux it runs.
 */
export interface Flux {
  /**
   * Minor or patch version, in quotes: "2.9".
   */
  version?: string;
}
/**
 * Its nodes.
 */
export interface Nodes {
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
 * Networks of the cluster, as its nodes are made with.
 */
export interface Network {
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
}
/**
 * The repository Flux reads the generated tree from.
 */
export interface Git {
  /**
   * Clone URL, without credentials: https://, http:// or ssh://.
   */
  url?: string;
  /**
   * Branch to follow.
   */
  branch?: string;
  /**
   * Folder of this cluster in the repository: names of letters, digits, ".", "_" and "-", each beginning with a letter or digit, with "/" between them. Default: clusters/<name>.
   */
  path?: string;
  /**
   * Branch that publish keeps the failover tree on, of a cluster that has copies of what its peer writes. Default: failover.
   */
  failover?: string;
  /**
   * Secret in flux-system with the credentials; none for a public repository.
   */
  secretRef?: string;
}
/**
 * How its policies act.
 */
export interface Policies {
  /**
   * Of admission policies: Audit reports a breach, Enforce refuses it.
   */
  enforcement?: 'Audit' | 'Enforce';
  /**
   * Network policies of components whose flows are complete: off makes none, audit makes them and denies nothing, enforce denies what they do not let through.
   */
  network?: 'off' | 'audit' | 'enforce';
}
/**
 * Who answers for the cluster.
 */
export interface Contact {
  /**
   * Mail address, e.g. for certificate expiry notices.
   */
  email?: string;
}
/**
 * Its part for single services, as <component>/<name>, where that is another than its role.
 */
export interface Services {
  [k: string]: 'primary' | 'standby';
}
/**
 * What the former primary of a service left when it was demoted, by <component>/<name>: data, no secret.
 */
export interface Tokens {
  [k: string]: string;
}
/**
 * Settings of the other cluster of a pair; without this key the cluster is alone.
 */
export interface TestSettings1 {
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
  choices?: Choices;
  kubernetes?: Kubernetes;
  flux?: Flux;
  nodes?: Nodes;
  network?: Network;
  /**
   * Domain that its names lie under, e.g. fsn1.example.com.
   */
  domain?: string;
  git?: Git;
  /**
   * How charts reach the cluster: helm-release lets Flux's helm-controller install them, rendered writes the objects they make.
   */
  delivery?: 'helm-release' | 'rendered';
  policies?: Policies;
  contact?: Contact;
  /**
   * Its part in the pair, where the case has a peer. Default: primary, and the peer plays the other part.
   */
  disasterRecovery?: {
    /**
     * Its part in the pair.
     */
    role?: 'primary' | 'standby';
    services?: Services;
    /**
     * true: it was primary and hands over, so that both are standby until the other one is promoted. Default: false.
     */
    switching?: boolean;
    tokens?: Tokens;
    sources?: Sources;
  };
}
/**
 * A component beside the tested one.
 */
export interface Neighbour {
  /**
   * Name of the component.
   */
  name: string;
  /**
   * Its values, over its defaults.
   */
  values?: {
    [k: string]: unknown;
  };
}
/**
 * A service that a component asks for.
 */
export interface ServiceRequest {
  /**
   * Kind of the service, as services.defs.json has it.
   */
  kind: string;
  /**
   * What the component calls it: templates see service.<name>. Default: the kind.
   */
  name?: string;
  /**
   * Name of the objects that are made for it. Default: <component>-<name>.
   */
  object?: string;
  /**
   * What is asked for, as the contract of the kind has it; {{values.<path>}} takes it from the values, with {{item}} for each of forEach.
   */
  with?: {
    [k: string]: unknown;
  };
  /**
   * true: it is there where the cluster has a provider anyway, and asks for none. Default: false.
   */
  optional?: boolean;
  /**
   * A service of another component, as <component>/<name>, that this one is given access to: no second one is made. With forEach it may be {{item.<key>}}: then each item says whose.
   */
  of?: string;
  /**
   * A list among the values, as values.<path>, of names or of maps with a name: one service each, called <name>-<name in the list>.
   */
  forEach?: string;
  /**
   * replicate: as backup, and in a pair the standby has a copy that follows. backup: its data outlives the request, and is saved where backups are. none: it goes with the request. Default: backup.
   */
  protect?: 'replicate' | 'backup' | 'none';
  /**
   * Names that the keys of its Secret shall have, by the contract's own.
   */
  secret?: {
    [k: string]: string;
  };
  /**
   * How the component's program takes up a renewed certificate that it asks for (docs/decisions/0019).
   */
  reloads?: {
    /**
     * program: it reads the files again by itself. sidecar: a container of its pod tells it. restart: its pods are replaced.
     */
    by: 'program' | 'sidecar' | 'restart';
    /**
     * Who says so: repository, path and version, an issue, or a page.
     */
    source: string;
  };
  /**
   * Of what a service needs in its turn: true where only a service that the clusters of a pair copy needs it. Default: false.
   */
  copied?: boolean;
  /**
   * Why it is needed, where no object of the output shows it.
   */
  because?: string;
}
/**
 * An object by kind and name. {{values.<path>}} in its name or namespace takes it from the values; where that is not set or empty, there is no such object.
 */
export interface NamedObject {
  /**
   * API group; absent for the core group.
   */
  group?: string;
  /**
   * Kind of the object.
   */
  kind: string;
  /**
   * Name of the object.
   */
  name: string;
  /**
   * Namespace of the object. Default: the component's, where the kind has one.
   */
  namespace?: string;
  /**
   * Keys of a Secret or ConfigMap. Default: not known, any may be there.
   */
  keys?: string[];
}
/**
 * What must come of it. Errors that are not expected fail the case.
 */
export interface Expectations {
  /**
   * Objects of the component that are there, or are not.
   *
   * @minItems 1
   */
  objects?: ExpectedObject[];
  /**
   * What must be ready before a stage of the component is applied, directly or through others.
   */
  order?: {
    services?: Stages;
    install?: Stages1;
    configure?: Stages2;
    attach?: Stages3;
    pair?: Stages4;
  };
  /**
   * Files of the folder bootstrap/ of the cluster.
   *
   * @minItems 1
   */
  files?: BootstrapFile[];
  /**
   * Services that the component, or the trial consumer, gets or does not get.
   *
   * @minItems 1
   */
  services?: ExpectedService[];
  diagnostic?: ExpectedDiagnostic;
}
/**
 * An object of the component and what it says.
 */
export interface ExpectedObject {
  /**
   * Its apiVersion; any where this is left out.
   */
  apiVersion?: string;
  /**
   * Its kind.
   */
  kind: string;
  /**
   * Its metadata.name.
   */
  name: string;
  /**
   * Its namespace; any where this is left out.
   */
  namespace?: string;
  /**
   * There must be no such object.
   */
  absent?: true;
  /**
   * Values that equal these: path, as fluxwright explain takes it, and value. The order of keys does not count.
   */
  matches?: {
    [k: string]: unknown;
  };
  /**
   * Lists that have such an item, maps that have at least these keys, texts that have this part: path and part.
   */
  contains?: {
    [k: string]: unknown;
  };
  /**
   * Paths at which there is nothing.
   *
   * @minItems 1
   *
   * Items: A path.
   */
  missing?: string[];
}
/**
 * A file that a person works with before Flux runs.
 */
export interface BootstrapFile {
  /**
   * Its path below bootstrap/, e.g. main.tf.json.
   */
  path: string;
  /**
   * Texts that it has.
   *
   * @minItems 1
   */
  contains: string[];
  /**
   * Texts that it has not.
   *
   * @minItems 1
   */
  missing?: string[];
}
/**
 * A service and what its consumer is told.
 */
export interface ExpectedService {
  /**
   * Its name, with the name in the list for one of forEach.
   */
  name: string;
  /**
   * The component that makes it; any where this is left out.
   */
  provider?: string;
  /**
   * There must be no such service.
   */
  absent?: true;
  /**
   * What the consumer is told, at least: output and value.
   */
  outputs?: {
    [k: string]: unknown;
  };
}
/**
 * The finding that the case gets.
 */
export interface ExpectedDiagnostic {
  /**
   * Its code, e.g. render/helper-failed.
   */
  code: string;
  /**
   * Text that its message or note has.
   */
  message?: string;
}
