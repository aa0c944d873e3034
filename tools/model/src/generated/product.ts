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
   * Other choices it needs: each must have one of the listed options.
   */
  requires?: {
    /**
     * The cluster must be one of a pair.
     */
    peer?: true;
    /**
     * @minItems 1
     */
    [k: string]: string[] | true | undefined;
  };
}
