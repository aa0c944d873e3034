import { cpSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import path from 'node:path';

/** Names of the clusters below samples/. */
export function sampleNames(root: string): readonly string[] {
  return readdirSync(path.join(root, 'samples'))
    .filter((name) => existsSync(path.join(root, 'samples', name, 'cluster.yaml')))
    .sort();
}

/**
 * Copies the catalogue to an empty folder, with the clusters of samples/ in the place of the fleet (docs/decisions/0145).
 * Returns their names.
 */
export function makeSampleWorkspace(root: string, folder: string): readonly string[] {
  mkdirSync(path.join(folder, 'clusters'), { recursive: true });
  for (const each of ['components', 'products', 'clusters/defaults.yaml']) {
    cpSync(path.join(root, each), path.join(folder, each), { recursive: true });
  }
  const names = sampleNames(root);
  for (const name of names) {
    cpSync(path.join(root, 'samples', name), path.join(folder, 'clusters', name), { recursive: true });
  }
  return names;
}
