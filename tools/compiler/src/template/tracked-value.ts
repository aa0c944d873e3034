import type { JsonPath, JsonValue } from '@fluxwright/documents';
import { anyShape, type Shape } from './shape.ts';

/** A value on its way through a template, with the context paths behind it. */
export interface TrackedValue {
  /** null where a declared value is not set. */
  readonly data: JsonValue;
  /** Context paths it was made of. */
  readonly reads: readonly JsonPath[];
  /** True where `data` is what stands at `reads[0]`, so that its inside has paths too. */
  readonly direct: boolean;
  readonly shape: Shape;
  /** How to name it in a message. */
  readonly text: string;
  /** True where its evaluation has already been reported: whatever uses it stays silent. */
  readonly failed?: true;
}

/** Stands for a value that could not be had and was reported. */
export const failedValue: TrackedValue = {
  data: null,
  reads: [],
  direct: false,
  shape: anyShape,
  text: '',
  failed: true,
};

/** A value the template says literally. */
export function literalValue(data: JsonValue): TrackedValue {
  return { data, reads: [], direct: false, shape: anyShape, text: JSON.stringify(data) };
}
