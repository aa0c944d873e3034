import type { JsonValue } from '../value/source-document.ts';

/** Where a node of a YAML document stands in its text. */
export interface NodePosition {
  /** Offset of the key, for the value of a map; else of the node itself. */
  readonly key: number;
  readonly start: number;
  readonly end: number;
  readonly children?: ReadonlyMap<string | number, NodePosition>;
}

/** One document of a YAML text: plain data, and where each part of it stands. */
export interface YamlDocument {
  readonly value: JsonValue;
  readonly position: NodePosition;
}

/** Why a text is no usable YAML. */
export interface YamlFault {
  readonly message: string;
  /** What mends it. */
  readonly help: string;
  /** Set where readers disagree on a value. */
  readonly ambiguous?: true;
  readonly start: number;
  readonly end: number;
}

/** What a YAML text holds: documents without those that are empty, or faults. */
export interface YamlContent {
  readonly documents: readonly YamlDocument[];
  readonly faults: readonly YamlFault[];
}

/** Who a text is for: `ours` has one meaning to all readers or is refused, what `kustomize` builds means what it reads. */
export type YamlReading = 'ours' | 'kustomize';
