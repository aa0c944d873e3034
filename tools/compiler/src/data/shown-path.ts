import { relative, sep } from 'node:path';

/** A file or folder as findings name it: from the root of the workspace, with `/` on every system. */
export function shownPath(root: string, path: string): string {
  return relative(root, path).split(sep).join('/');
}
