// Generated from tools/model/schemas/product.schema.json by `nx run model:generate-types`. Do not edit.

/**
 * A name: lower-case letters, digits and dashes.
 */
export type Name = string;

/**
 * What the product holds.
 */
export interface ProductSpec {
  /**
   * Name for people.
   */
  title: string;
  /**
   * One sentence: what it gives.
   */
  description: string;
  /**
   * Every cluster has it. Default: false.
   */
  mandatory?: boolean;
  /**
   * Its components; one whose choices do not fit the cluster is left out.
   */
  components?: ProductComponent[];
  /**
   * What the cluster needs besides.
   */
  requires?: {
    /**
     * Products that come with this one.
     */
    products?: Name[];
  };
  /**
   * What a cluster with this product chooses, by the key in the cluster's spec.
   */
  choices?: {
    [k: string]: Choice;
  };
}
/**
 * A component of the product.
 */
export interface ProductComponent {
  /**
   * Name of the component.
   */
  name: string;
  /**
   * Values over the component's defaults.
   */
  values?: {
    [k: string]: unknown;
  };
  /**
   * Components whose last stage must be ready before this one is installed.
   */
  dependsOn?: Name[];
}
/**
 * One thing a cluster chooses.
 */
export interface Choice {
  /**
   * What is chosen.
   */
  description?: string;
  /**
   * A cluster may leave it open. Default: false.
   */
  optional?: boolean;
  /**
   * The options, by the value in the cluster's spec.
   */
  options: {
    [k: string]: Option;
  };
}
/**
 * One option of a choice.
 */
export interface Option {
  /**
   * Name for people.
   */
  title?: string;
  /**
   * What it means to choose it.
   */
  description?: string;
  /**
   * coming: listed, but cannot be chosen yet. Default: available.
   */
  maturity?: 'available' | 'coming';
  /**
   * Regions it has, as it names them. Default: not known, any may be there.
   *
   * @minItems 1
   */
  regions?: string[];
  /**
   * Values of components of the product where the cluster has this option, over the product's others.
   */
  values?: {
    [k: string]: {
      [k: string]: unknown;
    };
  };
  facts?: Facts;
  price?: Price;
  /**
   * Other choices it needs: each must have one of the listed options.
   */
  requires?: {
    /**
     * Facts that must be true of what the cluster has chosen elsewhere, most of all of its provider.
     *
     * @minItems 1
     */
    facts?: ('layer2' | 'udpLoadBalancer' | 'gpus')[];
    /**
     * The cluster must be one of a pair.
     */
    peer?: true;
    /**
     * @minItems 1
     */
    [k: string]: string[] | ('layer2' | 'udpLoadBalancer' | 'gpus')[] | true | undefined;
  };
}
/**
 * What is so where the option is chosen: other options, nodes and volumes are held against it.
 */
export interface Facts {
  /**
   * Nodes share a network of layer 2: an address can be announced in it by ARP.
   */
  layer2?: boolean;
  /**
   * Its load balancers carry UDP.
   */
  udpLoadBalancer?: boolean;
  /**
   * Models of GPUs that nodes can have; [] where there are none.
   */
  gpus?: string[];
  /**
   * Volumes that can be attached to one node.
   */
  volumesPerNode?: number;
  /**
   * Size of the smallest volume, e.g. 10Gi: a smaller claim gets one of it.
   */
  minimumVolume?: string;
}
/**
 * What a cluster that has it pays for it.
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
