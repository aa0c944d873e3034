import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { CustomResourceDefinition } from '../generate/convert-crd.ts';
import { readCrds } from '../generate/read-crds.ts';
import type { JsonSchema } from '../src/json-schema.ts';
import { kindKey } from '../src/kind-key.ts';

/** Read-only data to compare with; it is not part of the project and may be absent. */
export const REFERENCE = join(import.meta.dirname, '../../../../shared/reference');

/** Whether the reference data lies beside the project. */
export const hasReference = existsSync(REFERENCE);

/** The strict JSON Schemas of the reference catalogue by `apiVersion/kind`, kind in lower case; pinned ones win. */
export function readCatalogue(): Map<string, JsonSchema> {
  const root = join(REFERENCE, 'crd-schemas');
  const schemas = new Map<string, JsonSchema>();
  for (const folder of [root, join(root, '_pinned')]) {
    for (const file of globSync('*/*.json', { cwd: folder }).sort()) {
      const [group = '', name = ''] = file.split('/');
      if (group === '_pinned') continue;
      const [kind = '', version = ''] = basename(name, '.json').split('_');
      schemas.set(
        kindKey(`${group}/${version}`, kind),
        JSON.parse(readFileSync(join(folder, file), 'utf8')) as JsonSchema,
      );
    }
  }
  return schemas;
}

/** The custom resource definitions of the reference charts, first definition of a kind wins. */
export function readChartCrds(): CustomResourceDefinition[] {
  const crds = new Map<string, CustomResourceDefinition>();
  for (const folder of globSync('charts/*/crds', { cwd: REFERENCE }).sort()) {
    if (globSync('*.yaml', { cwd: join(REFERENCE, folder) }).length === 0) continue;
    for (const crd of readCrds(join(REFERENCE, folder), ['*.yaml'])) {
      const key = `${crd.spec.group}/${crd.spec.names.kind}`;
      if (!crds.has(key)) crds.set(key, crd);
    }
  }
  return [...crds.values()];
}
