import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Source } from './source.ts';

/** The folder own/ of this package, once the file that the source names has the pinned sum. */
export function ownFolder({ module, sum }: Source): string {
  const root = join(import.meta.dirname, '..');
  const found = `sha256:${createHash('sha256')
    .update(readFileSync(join(root, module)))
    .digest('hex')}`;
  if (found !== sum) throw new Error(`${module}: the sum is ${found}, sources.json says ${sum}`);
  return join(root, 'own');
}
