import { cpSync, existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { copyCatalogue } from './copy-catalogue.ts';

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
  copyCatalogue(root, folder);
  const names = sampleNames(root);
  for (const name of names) {
    cpSync(path.join(root, 'samples', name), path.join(folder, 'clusters', name), { recursive: true });
  }
  return names;
}
