import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Facts about the real charts, beside the workspace here and in CI. */
export const referenceFolder = resolve(import.meta.dirname, '../../../../shared/reference/charts');

/** True where the reference data is at hand. */
export function referenceAvailable(): boolean {
  return existsSync(referenceFolder);
}

/** The CRDs of the real charts as YAML texts, one a file; of several channels of one CRD the standard one. */
export function referenceCrds(components: readonly string[]): readonly string[] {
  return components.flatMap((component) => {
    const folder = join(referenceFolder, component, 'crds');
    if (!existsSync(folder)) return [];
    const standard = join(folder, 'standard');
    const from = existsSync(standard) ? standard : folder;
    return readdirSync(from, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.ya?ml$/.test(entry.name))
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'));
  });
}
