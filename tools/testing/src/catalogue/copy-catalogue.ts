import { cpSync } from 'node:fs';
import path from 'node:path';

/** Copies the catalogue and what all clusters of a workspace have in common to a folder; no cluster. */
export function copyCatalogue(root: string, folder: string): void {
  for (const each of ['components', 'products', 'clusters/defaults.yaml']) {
    cpSync(path.join(root, each), path.join(folder, each), { recursive: true });
  }
}
