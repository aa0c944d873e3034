import type { JsonValue } from '@fluxwright/documents';
import type { Shape } from './shape.ts';
import type { FunctionContext } from './template-function.ts';

/** The names a template can start a path with. */
export const rootNames = ['values', 'cluster', 'peer', 'component'] as const;
export type RootName = (typeof rootNames)[number];

/** One root of the context: its data, what may be in it, and where to declare more. */
export interface ContextRoot {
  readonly value: JsonValue;
  readonly shape: Shape;
  /** Half a sentence for help texts: where a missing name would be declared. */
  readonly declaredBy: string;
  /** Half a sentence for help texts: where a value that is not set is set. */
  readonly setBy: string;
}

/** Everything a template can see. */
export interface TemplateContext extends FunctionContext {
  readonly roots: Readonly<Record<RootName, ContextRoot>>;
}
