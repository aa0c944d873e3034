import type { JsonValue } from '@fluxwright/documents';

/** What a function may ask about the cluster. */
export interface FunctionContext {
  has(component: string): boolean;
  capability(name: string): boolean;
}

/** What a function gives: a value, one of its own parameters by number, or the reason why it refuses its input. */
export type FunctionResult =
  | { readonly value: JsonValue }
  | { readonly parameter: number }
  | { readonly refused: string; readonly missing?: true };

/** A pure function that templates can call; named in `templateFunctions`. */
export interface TemplateFunction {
  /** How to call it, for messages: `indent COUNT TEXT`. */
  readonly usage: string;
  readonly parameters: { readonly min: number; readonly max: number };
  /** True where an unset value is a fair input; otherwise the engine refuses it first. */
  readonly acceptsUnset?: true;
  call(parameters: readonly JsonValue[], context: FunctionContext): FunctionResult;
}
