import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The nearest folder at or above `folder` that has an nx.json; `folder` itself where there is none. */
export function findWorkspace(folder: string): string {
  for (let each = folder; ; each = dirname(each)) {
    if (existsSync(join(each, 'nx.json'))) return each;
    if (each === dirname(each)) return folder;
  }
}
