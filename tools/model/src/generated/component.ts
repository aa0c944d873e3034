// Generated from tools/model/schemas/component.schema.json by `nx run model:generate-types`. Do not edit.

/**
 * Text in which {a.b|.c|'d'} stands for the first that is there: a path of the object, a path of the place, a literal. {.a@host} takes the host of a URL. Only one of them may name several places by [] or *.
 */
export type Pattern = string;
/**
 * A custom resource definition, as <plural>.<group>, or {name, versions} with the versions that it serves.
 */
export type ProvidedDefinition =
  | string
  | {
      /**
       * Name of the definition.
       */
      name: string;
      /**
       * Versions that the API server serves.
       *
       * @minItems 1
       */
      versions: ApiVersionName[];
    };
/**
 * Version of an API, e.g. v1 or v1alpha2.
 */
export type ApiVersionName = string;
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
      /**
       * Who needs it does not show in any object, as with a pod network. Default: false.
       */
      unseen?: boolean;
    };
/**
 * A capability's name: lower-case letters, digits and dashes.
 */
export type CapabilityName = string;
/**
 * Who says so: repository, path and version, an issue, or a page.
 */
export type StatementSource = string;
/**
 * A capability by name, or {name, because}.
 */
export type CapabilityRequirement =
  | string
  | {
      name: CapabilityName;
      because?: Because;
    };
/**
 * Why it is needed, where no object of the output shows it.
 */
export type Because = string;
/**
 * A Kubernetes quantity such as 100m, 128Mi or 2, or a template such as {{values.<path>}} to take it from the values.
 */
export type Quantity = string | number;
/**
 * Versions as npm writes ranges (https://github.com/npm/node-semver#ranges), e.g. >=1.33 <1.37.
 */
export type VersionRange = string;
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
      because?: Because;
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
  /**
   * complete: all that its pods call and are called by follows from its services and objects, or is asked for as a service of kind network. A cluster with network policies then lets nothing else through in its namespace.
   */
  network?: 'complete';
  helm?: Helm;
  source?: Source;
  /**
   * Where definitions of its custom kinds lie that neither its chart nor its source has, such as those that its program registers: `fluxwright charts facts` reads them there.
   *
   * @minItems 1
   */
  definitions?: DefinitionsPlace[];
  /**
   * What others can rely on once it runs.
   */
  provides?: {
    /**
     * Custom resource definitions it installs, with the versions that they serve.
     */
    crds?: ProvidedDefinition[];
    /**
     * Its program registers definitions of crds when it runs: neither its manifests nor its chart show them all. Default: false.
     */
    crdsAtRuntime?: boolean;
    /**
     * Custom kinds whose objects hold data that goes with them, as <Kind>.<group>.
     */
    dataKinds?: string[];
    /**
     * Capabilities it gives the cluster.
     */
    capabilities?: ProvidedCapability[];
    /**
     * Objects that its chart or program makes and others refer to by name.
     */
    objects?: ProvidedObject[];
    /**
     * What its operator makes of objects of its kinds, and what these refer to.
     */
    kinds?: ProvidedKind[];
    /**
     * Kinds of services that it makes for others.
     */
    services?: ProvidedService[];
    /**
     * Kinds that the API server refuses while the component is not running.
     */
    webhooks?: Webhook[];
    /**
     * Paths of its services that no route may expose.
     */
    privatePaths?: PrivatePaths[];
  };
  /**
   * Version of the program, which the ranges of others are held against. Default: that of the chart, or the tag of the source.
   */
  release?: string;
  /**
   * Releases that have to run before newer ones: from one of the versions, none is newer than `through` before `through` has run. Versions are those of the chart, or tags of the source.
   *
   * @minItems 1
   */
  upgrades?: RequiredRelease[];
  /**
   * The versions of others that it works with, as its authors say (docs/decisions/0018).
   */
  supports?: {
    kubernetes?: SupportedVersions;
    flux?: SupportedVersions1;
    /**
     * Releases of other components.
     */
    components?: SupportedComponent[];
  };
  /**
   * How its programs take up renewed certificates (docs/decisions/0019).
   */
  reloads?: Reload[];
  /**
   * Images that its programs start when they run, and that no object names.
   */
  images?: StartedImage[];
  /**
   * What somebody hands to the cluster from outside, because no repository may hold it: Secrets, entries of a store (kind: store entry, namespace: the store).
   */
  given?: NamedObject[];
  requires?: InstallRequirements;
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
  pair?: Pair;
  bootstrap?: Bootstrap;
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
   * API groups of custom kinds that the chart's templates ask for (.Capabilities.APIVersions): where the cluster has them, they come before.
   */
  apiGroups?: string[];
  /**
   * What values of the chart refer to; paths are those of the chart's values.
   */
  needs?: NeededThing[];
  /**
   * What the chart makes of its values outside of Kubernetes, such as buckets; paths are those of the chart's values.
   */
  makes?: MadeThing[];
  /**
   * Helm does not wait for the release to be ready. Say why in a comment.
   */
  disableWait?: boolean;
}
/**
 * Something that an object refers to.
 */
export interface NeededThing {
  /**
   * Places in the object, one thing each. Default: the object.
   */
  at?: string;
  when?: Condition;
  /**
   * API group; absent for the core group.
   */
  group?: string;
  /**
   * Kind of the thing; in lower case what no API server knows, such as a bucket.
   */
  kind: string;
  /**
   * Name of the thing.
   */
  name: string;
  /**
   * Namespace, by default that of the object; of what no API server knows the store it is in.
   */
  namespace?: string;
  /**
   * Keys that are read.
   */
  keys?: Pattern[];
  /**
   * false: it must be in the cluster some time, not before the object. Default: true.
   */
  order?: boolean;
  /**
   * true: nothing is wrong where nobody makes it. Default: false.
   */
  optional?: boolean;
  /**
   * true: who acts on the object takes up new content of the thing by itself. Default: false.
   */
  reloads?: boolean;
}
/**
 * Values that must stand at paths: true for any, false for none; null in a list stands for none.
 */
export interface Condition {
  [k: string]: boolean | string | (string | null)[];
}
/**
 * Something that comes into being for an object.
 */
export interface MadeThing {
  /**
   * Places in the object, one thing each. Default: the object.
   */
  at?: string;
  when?: Condition;
  /**
   * Text in which {a.b|.c|'d'} stands for the first that is there: a path of the object, a path of the place, a literal. {.a@host} takes the host of a URL. Only one of them may name several places by [] or *.
   */
  group?: string;
  /**
   * Text in which {a.b|.c|'d'} stands for the first that is there: a path of the object, a path of the place, a literal. {.a@host} takes the host of a URL. Only one of them may name several places by [] or *.
   */
  kind: string;
  /**
   * Text in which {a.b|.c|'d'} stands for the first that is there: a path of the object, a path of the place, a literal. {.a@host} takes the host of a URL. Only one of them may name several places by [] or *.
   */
  name: string;
  /**
   * Text in which {a.b|.c|'d'} stands for the first that is there: a path of the object, a path of the place, a literal. {.a@host} takes the host of a URL. Only one of them may name several places by [] or *.
   */
  namespace?: string;
  /**
   * Keys of a Secret or ConfigMap. Default: not known, any may be there.
   */
  keys?: Pattern[];
  /**
   * true: its content is replaced before it expires, as that of a certificate is. Default: false.
   */
  renewed?: boolean;
}
/**
 * Plain manifests of an upstream git repository, applied by Flux from there.
 */
export interface Source {
  /**
   * Clone URL.
   */
  git: string;
  ref: Ref;
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
 * What to check out: a tag or a commit.
 */
export interface Ref {
  /**
   * A tag.
   */
  tag?: string;
  /**
   * A full commit hash.
   */
  commit?: string;
}
/**
 * A folder of a git repository with CustomResourceDefinitions.
 */
export interface DefinitionsPlace {
  /**
   * Clone URL.
   */
  git: string;
  ref: Ref;
  /**
   * Folder in the repository, e.g. ./config/crd.
   */
  path: string;
  /**
   * SPDX identifier of what they are published under. Default: that of the component.
   */
  license?: string;
}
/**
 * An object that the component's chart or program makes and no rendered object shows.
 */
export interface ProvidedObject {
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
  /**
   * The stage after which it is there. Default: install.
   */
  stage?: 'install' | 'configure';
  /**
   * Its program makes it when it runs: neither its manifests nor its chart show it. Default: false.
   */
  atRuntime?: boolean;
}
/**
 * What the component's operator does with objects of one of its kinds (docs/decisions/0007).
 */
export interface ProvidedKind {
  /**
   * API group of the kind.
   */
  group: string;
  /**
   * The kind.
   */
  kind: string;
  ready?: Ready;
  /**
   * What comes into being for such an object, in the stage that holds it.
   */
  makes?: MadeThing[];
  /**
   * Objects of which it sets something again and again, as an autoscaler does: no two may set the same.
   */
  steers?: SteeredThing[];
  /**
   * What an update of such an object may not do, beside the CEL rules of its definition: paths as in `at`.
   */
  updates?: {
    /**
     * Values that stay as they were first set.
     */
    neverChanges?: string[];
    /**
     * Quantities that never become smaller.
     */
    neverShrinks?: string[];
    /**
     * Values, or items of lists, that stay once they are there.
     */
    neverRemoved?: string[];
  };
  /**
   * What such an object refers to.
   */
  needs?: NeededThing[];
}
/**
 * When such an object is ready, for every component that has one. Say it where the object has no status at first, or no condition Ready.
 */
export interface Ready {
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
}
/**
 * An object of which another one sets something again and again.
 */
export interface SteeredThing {
  /**
   * Places in the object, one thing each. Default: the object.
   */
  at?: string;
  when?: Condition;
  /**
   * Text in which {a.b|.c|'d'} stands for the first that is there: a path of the object, a path of the place, a literal. {.a@host} takes the host of a URL. Only one of them may name several places by [] or *.
   */
  kind: string;
  /**
   * Text in which {a.b|.c|'d'} stands for the first that is there: a path of the object, a path of the place, a literal. {.a@host} takes the host of a URL. Only one of them may name several places by [] or *.
   */
  name: string;
  /**
   * What of it: replicas, or a resource such as cpu, whose requests are set or whose share of them decides.
   *
   * @minItems 1
   */
  keys: Pattern[];
}
/**
 * A kind of service that the component makes for others, once a request by services/<kind>.yaml.hbs.
 */
export interface ProvidedService {
  /**
   * Kind of the service, as services.defs.json has it.
   */
  kind: string;
  /**
   * What the consumer is told, as the contract has it; {{request.object}}, {{request.with.<key>}}, {{request.secret.<key>}}, {{consumer.namespace}} and the component's own {{values.<path>}} can be taken.
   */
  outputs: {
    [k: string]: unknown;
  };
  /**
   * The stage after which it can make one. Default: its last.
   */
  stage?: 'install' | 'configure';
  /**
   * Longest name of objects that it can make. Default: 63.
   */
  nameLength?: number;
  /**
   * true: the component's own templates see all requests as requests.<kind>, so that each one changes its release. Default: false.
   */
  list?: boolean;
  /**
   * true: it gives several components access to one service (of in a request). Default: false.
   */
  shares?: boolean;
  pair?: Pair;
  /**
   * How the programs of one request take up certificates that were renewed (docs/decisions/0019); the Secret's name is a text that sees what outputs see, and in the consumer's namespace.
   *
   * @minItems 1
   */
  reloads?: Reload[];
  /**
   * What each request needs in its turn.
   */
  requires?: {
    /**
     * Capabilities, by name.
     */
    capabilities?: CapabilityRequirement[];
    /**
     * Services, asked for in the name of the consumer.
     */
    services?: ServiceRequest[];
  };
  /**
   * What one request asks of the nodes; from names a key of with.
   */
  footprint?: {
    /**
     * The workloads of one request with the requests of one replica.
     */
    workloads?: Workload[];
  };
}
/**
 * How two clusters of a pair keep the same data (docs/decisions/0085): of a service, what a request with protect: replicate needs is made by services/<kind>.pair.yaml.hbs and .trust.yaml.hbs; of a component itself by the templates in pair/.
 */
export interface Pair {
  /**
   * What copies, in a word: wal-streaming.
   */
  strategy: string;
  /**
   * How one cluster reaches the other, the best first: the first that both can use is taken.
   */
  ways: {
    /**
     * What each of the two clusters needs for it.
     *
     * This interface was referenced by `undefined`'s JSON-Schema definition
     * via the `patternProperty` "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$".
     */
    [k: string]: {
      /**
       * Capabilities that both clusters must have.
       */
      capabilities?: CapabilityName[];
    };
  };
  /**
   * What a cluster tells the other of its half: templates there see it as pair.peer.exchange. Texts see what outputs see, and pair.role and pair.way.
   */
  exchange?: {
    [k: string]: unknown;
  };
  /**
   * What a cluster puts into the secret store of the other one, so that it is let in there; templates see its name as pair.trust and pair.peer.trust.
   */
  trust?: {
    /**
     * Name of the entry; texts see what exchange sees.
     */
    entry: string;
    /**
     * Its properties.
     *
     * @minItems 1
     */
    keys: string[];
    /**
     * The store here that leads to the other cluster.
     */
    through: string;
    /**
     * The store that the other cluster reads it from.
     */
    store: string;
    /**
     * Who puts it there: primary alone, or both. Default: both.
     */
    from?: 'primary' | 'both';
  };
  /**
   * What has to be of one version on both sides, such as {{values.version}}.
   */
  version?: string;
  /**
   * How much alike both versions must be. Default: same.
   */
  versions?: 'same' | 'same-minor' | 'same-major';
}
/**
 * How a program takes up a certificate that was renewed.
 */
export interface Reload {
  /**
   * Secret with the certificate, in the component's namespace.
   */
  secret: string;
  /**
   * program: it reads the files again by itself. sidecar: a container of its pod tells it. restart: its pods are replaced.
   */
  by: 'program' | 'sidecar' | 'restart';
  source: StatementSource;
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
    source: StatementSource;
  };
  /**
   * Of what a service needs in its turn: true where only a service that the clusters of a pair copy needs it. Default: false.
   */
  copied?: boolean;
  because?: Because;
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
   * The value of the component that says its replicas and resources, e.g. core: a map of resources, and of replicas where there can be several. What the line says itself comes first.
   */
  from?: string;
  /**
   * Kind of the workload; a DaemonSet has one replica a node.
   */
  kind: 'Deployment' | 'StatefulSet' | 'DaemonSet' | 'Job' | 'CronJob';
  /**
   * Replicas. Default: 1. 0, also of a DaemonSet, where there is no such workload.
   */
  replicas?: string | number;
  /**
   * True where a program makes it when it runs, as an operator does: it is in no chart.
   */
  atRuntime?: boolean;
  /**
   * CPU request of one replica.
   */
  cpu?: string | number;
  /**
   * Memory request of one replica.
   */
  memory?: string | number;
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
   * Containers that run beside the main one in each replica: what they request on top.
   */
  sidecars?: {
    /**
     * CPU request of the container.
     */
    cpu: string | number;
    /**
     * Memory request of the container.
     */
    memory: string | number;
  }[];
  /**
   * Persistent storage of one replica.
   */
  storage?: string | number;
  /**
   * Further volumes of one replica.
   */
  moreStorage?: Quantity[];
}
/**
 * An admission webhook of the component: while it is not running, the API server refuses objects of these kinds.
 */
export interface Webhook {
  /**
   * API group that it guards.
   */
  group: string;
  /**
   * Kinds of the group. Default: all.
   */
  kinds?: string[];
  /**
   * Its program registers it when it runs: neither its manifests nor its chart show it. Default: false.
   */
  atRuntime?: boolean;
  /**
   * Deployment of the component's namespace that answers for it: one pod of it is too few where it guards with policies that refuse.
   */
  by?: string;
}
/**
 * Paths of a service that no route may expose: administration, metrics, what asks for no password.
 */
export interface PrivatePaths {
  /**
   * The Service, in the component's namespace.
   */
  service: string;
  /**
   * Prefixes of paths, e.g. /metrics.
   *
   * @minItems 1
   */
  paths: string[];
  /**
   * What is behind them.
   */
  because: string;
}
/**
 * A release that cannot be jumped over.
 */
export interface RequiredRelease {
  /**
   * The versions that may not go beyond it at once.
   */
  from: string;
  /**
   * The releases of which one has to run.
   */
  through: string;
  source: StatementSource;
}
/**
 * Minors of Kubernetes.
 */
export interface SupportedVersions {
  /**
   * The versions that its authors name.
   */
  versions: string;
  source: StatementSource;
  also?: UnnamedVersions;
}
/**
 * Further versions that are used though its authors do not name them.
 */
export interface UnnamedVersions {
  versions: VersionRange;
  /**
   * Why that is taken to work.
   */
  because: string;
}
/**
 * Minors of Flux, for what installs or reads Flux.
 */
export interface SupportedVersions1 {
  /**
   * The versions that its authors name.
   */
  versions: string;
  source: StatementSource;
  also?: UnnamedVersions;
}
/**
 * Versions of another component that the component's authors name.
 */
export interface SupportedComponent {
  /**
   * The other component.
   */
  name: string;
  /**
   * Versions as npm writes ranges (https://github.com/npm/node-semver#ranges), e.g. >=1.33 <1.37.
   */
  versions: string;
  source: StatementSource;
  also?: UnnamedVersions;
}
/**
 * An image that a program starts.
 */
export interface StartedImage {
  /**
   * The image, where values are replaced: {{values.registry}}/source-controller. Without a tag: the program chooses it.
   */
  image: string;
  source: StatementSource;
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
 * What must be in the cluster and ready before the component is installed. What is absent is added.
 */
export interface InstallRequirements {
  /**
   * Components, by name; {name, stage} waits for one stage instead of the last one.
   */
  components?: ComponentRequirement[];
  /**
   * Capabilities, by name: waits for the stage that provides each.
   */
  capabilities?: CapabilityRequirement[];
  /**
   * Objects that a chart or its pods need and no rendered object shows: waits for the stage that makes each.
   */
  objects?: NamedObject[];
  /**
   * What it asks of others by kind, whoever provides it (docs/decisions/0065): each is made in its own stage services, before it is installed; a kind of the phase beside in its stage attach, once it runs, and nobody waits for that (docs/decisions/0068).
   */
  services?: ServiceRequest[];
  /**
   * Custom kinds that its program reads when it runs, each in the version it asks the API server for: another component must serve it (docs/decisions/0018).
   */
  apis?: NeededApi[];
}
/**
 * A custom kind in the version that a program asks for.
 */
export interface NeededApi {
  /**
   * API group of the kind.
   */
  group: string;
  /**
   * Version of an API, e.g. v1 or v1alpha2.
   */
  version: string;
  /**
   * The kind.
   */
  kind: string;
  source: StatementSource;
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
  capabilities?: CapabilityRequirement[];
  /**
   * Objects that a chart or its pods need and no rendered object shows: waits for the stage that makes each.
   */
  objects?: NamedObject[];
  /**
   * Custom kinds that its program reads when it runs, each in the version it asks the API server for: another component must serve it (docs/decisions/0018).
   */
  apis?: NeededApi[];
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
   * CEL expressions that read the status of custom resources, instead of what provides.kinds of another component says of them.
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
 * What a person does before Flux runs, and what then runs already (docs/decisions/0080).
 */
export interface Bootstrap {
  /**
   * It is installed before Flux, from the person's machine, with what Flux then takes over as it is.
   */
  install?: {
    /**
     * Why Flux cannot install it.
     */
    because: string;
  };
  /**
   * What the person does, in this order. Files that it needs are made by the templates in bootstrap/.
   *
   * @minItems 1
   */
  steps?: BootstrapStep[];
}
/**
 * One step of a bootstrap.
 */
export interface BootstrapStep {
  /**
   * What it comes to, in the imperative.
   */
  title: string;
  /**
   * prepare: before anything is made. nodes: to have machines. cluster: once they are one. installed: once Flux runs.
   */
  when: 'prepare' | 'nodes' | 'cluster' | 'installed';
  /**
   * Commands of a shell in the folder bootstrap/ of the cluster; none where a person does it by hand.
   *
   * @minItems 1
   */
  run?: string[];
  /**
   * Command that tells whether it is done, or a sentence, which begins with a capital.
   */
  check: string;
  /**
   * Command that takes it back, or a sentence, which begins with a capital.
   */
  back: string;
}
