import type { Span } from '@fluxwright/diagnostics';

export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: JsonValue;
}

/** A path into a JSON value: map keys and list indexes from the root. */
export type JsonPath = readonly (string | number)[];

/** A parsed YAML or JSON file that still knows where each of its nodes stands. */
export interface SourceDocument {
  /** From the workspace root, with `/`. */
  readonly file: string;
  readonly text: string;
  /** Plain data; maps have no prototype, so that `__proto__` is a key like any other. */
  readonly value: JsonValue;
  /** Span of the value at `path`, or of its key; of the nearest existing ancestor where the path ends early. */
  locate(path: JsonPath, part?: 'key' | 'value'): Span;
}
