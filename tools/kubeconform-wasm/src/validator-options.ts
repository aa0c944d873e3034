import type { Engine } from './create-engine.ts';
import type { SchemaSource } from './schema-source.ts';

/** The options of the kubeconform command, and where schemas come from. */
export interface ValidatorOptions {
  /** Schemas by path, a folder of them, or a function. Nothing is ever fetched. */
  readonly schemas: SchemaSource;
  /**
   * Paths to look for, first one first; `-schema-location`. `{{ .ResourceKind }}`, `{{ .KindSuffix }}`, `{{ .Group }}`,
   * `{{ .ResourceAPIVersion }}`, `{{ .NormalizedKubernetesVersion }}` and `{{ .StrictSuffix }}` are filled in. A location
   * that does not end in `json` is a folder laid out as {@link defaultSchemaLocation}, which is also what `default` stands
   * for and what is used when this is left out.
   */
  readonly schemaLocations?: readonly string[];
  /** `x.y.z` or `master`, which is what is used when this is left out; `-kubernetes-version`. */
  readonly kubernetesVersion?: string;
  /** Refuses keys that appear twice and looks for schemas with the suffix `-strict`; `-strict`. */
  readonly strict?: boolean;
  /** A kind without a schema is skipped, not an error; `-ignore-missing-schemas`. */
  readonly ignoreMissingSchemas?: boolean;
  /** Kinds (`Secret`) or kinds with their version (`v1/Secret`) that are not validated; `-skip`. */
  readonly skipKinds?: readonly string[];
  /** Kinds that are an error; `-reject`. */
  readonly rejectKinds?: readonly string[];
  /**
   * The schemas are known to be valid JSON Schema, and are not held against their metaschema, which is half of the cost of a
   * kind's first object. What a schema that is not valid then says is undefined. False when left out, as in the command.
   */
  readonly trustSchemas?: boolean;
  /** The engine to run on; one for the whole process when left out. */
  readonly engine?: Engine;
}

/** The layout of the schemas that kubeconform itself uses by default. */
export const defaultSchemaLocation =
  '{{ .NormalizedKubernetesVersion }}-standalone{{ .StrictSuffix }}/{{ .ResourceKind }}{{ .KindSuffix }}.json';
