import type { JsonSchema } from './json-schema.ts';
import type { Scope } from './manifest.ts';

/** One kind as it is stored: its schema may refer to `#/definitions/…` of its set. */
export interface KindSchema {
  readonly apiVersion: string;
  readonly kind: string;
  readonly scope: Scope | null;
  readonly plural: string | null;
  readonly schema: JsonSchema;
}

/** The kinds of one set with the definitions they share. */
export interface SchemaSet {
  readonly definitions: Readonly<Record<string, JsonSchema>>;
  readonly kinds: readonly KindSchema[];
}
