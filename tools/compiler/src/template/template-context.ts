import type { JsonValue } from '@fluxwright/documents';
import type { Shape } from './shape.ts';
import type { FunctionContext } from './template-function.ts';

/** The names a template can start a path with; which of them there are depends on what it is a template of (docs/decisions/0065). */
export const rootNames = [
  'values',
  'cluster',
  'peer',
  'component',
  'catalogue',
  'service',
  'requests',
  'request',
  'consumer',
  'item',
  'network',
  'pair',
] as const;
export type RootName = (typeof rootNames)[number];

/** The roots of a context by name, those that it has. */
export type Roots<Root> = Readonly<Partial<Record<RootName, Root>>>;

/** One thing of every root. */
export function eachRoot<Root, Part>(roots: Roots<Root>, part: (root: Root) => Part): Record<string, Part> {
  return Object.fromEntries(
    rootNames.flatMap((name) => {
      const root = roots[name];
      return root === undefined ? [] : [[name, part(root)]];
    }),
  );
}

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
  readonly roots: Roots<ContextRoot>;
}
