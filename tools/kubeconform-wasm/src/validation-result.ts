/** kubeconform's verdict: `empty` is a document with nothing in it, `error` one that could not be judged. */
export type ValidationStatus = 'valid' | 'invalid' | 'skipped' | 'empty' | 'error';

/** One rule that an object breaks. */
export interface Violation {
  /** JSON pointer (RFC 6901) into the object; the object that lacks a required key, or has one too many. */
  readonly path: string;
  readonly message: string;
}

/** The verdict over one resource. Names are empty where the resource has none. */
export interface ValidationResult {
  /** Index in the list given to `validate`: a List and a YAML stream have several results. */
  readonly input: number;
  readonly status: ValidationStatus;
  readonly kind: string;
  /** The resource's apiVersion. */
  readonly version: string;
  readonly namespace: string;
  readonly name: string;
  /** Why it is invalid or an error, as kubeconform says it; empty otherwise. */
  readonly message: string;
  /** Every rule that an invalid resource breaks, sorted by path. */
  readonly violations: readonly Violation[];
}
