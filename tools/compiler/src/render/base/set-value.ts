import type { JsonObject, JsonPath, JsonValue, YamlDocument } from '@fluxwright/documents';
import type { BaseFiles, BaseLayer } from './base-layers.ts';

/** A value of a built object that its manifest does not have, and a kustomization file that may have set it. */
export interface SetValue {
  readonly layer: BaseLayer;
  readonly files: BaseFiles;
  readonly read: (text: string) => readonly YamlDocument[];
  readonly object: JsonObject;
  /** As its manifest has it; absent for what a generator makes. */
  readonly original?: JsonObject | undefined;
  readonly path: JsonPath;
  readonly made: JsonValue;
}
