// Generated from tools/model/schemas/definition-facts.schema.json by `nx run model:generate-types`. Do not edit.

/**
 * Definitions by where they were read.
 */
export interface DefinitionFactsSpec {
  /**
   * Where definitions were read, and what they say.
   */
  sources: DefinitionFactsSource[];
  /**
   * Parts that several definitions have, by the name that stands for them as $name; tools/kubernetes-schemas/src/shape.ts says how to read them.
   */
  shapes?: string;
}
/**
 * A chart, or a folder in git, with the definitions that were read there.
 */
export interface DefinitionFactsSource {
  /**
   * The chart that makes them.
   */
  chart?: {
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
  };
  /**
   * The repository that they lie in.
   */
  git?: string;
  /**
   * The tag or commit that component.yaml names.
   */
  ref?: {
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
   * What the tag stands for, where charts.lock.yaml says it.
   */
  commit?: string;
  /**
   * Their folder in the repository.
   */
  path?: string;
  /**
   * Of the files below the folder, as charts.lock.yaml has it.
   */
  digest?: string;
  /**
   * What they were published under.
   */
  license: string;
  /**
   * Names and types of the definitions, by the name of each.
   */
  definitions: string;
}
