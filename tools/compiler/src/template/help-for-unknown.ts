import { didYouMean } from '@fluxwright/diagnostics';
import type { Shape } from './shape.ts';
import { type ContextRoot, rootNames } from './template-context.ts';

interface UnknownName {
  readonly key: string;
  /** Shape of what should hold the key. */
  readonly shape: Shape;
  /** Root of the context it was looked for in; absent at the top. */
  readonly root: Pick<ContextRoot, 'declaredBy'> | undefined;
}

/** What to do about a name that does not exist: the near name, the way out of a block, or where to declare it. */
export function helpForUnknown({ key, shape, root }: UnknownName): string {
  if (root !== undefined && (rootNames as readonly string[]).includes(key)) return `inside a block, write @root.${key}`;
  const siblings = shape.keys();
  const near = didYouMean(key, siblings);
  if (near !== undefined) return near;
  if (root === undefined) return `names start with ${shape.keys().join(', ')}`;
  const known = siblings.length > 0 && siblings.length <= 12 ? `; there are ${siblings.join(', ')}` : '';
  return `${root.declaredBy}${known}`;
}
