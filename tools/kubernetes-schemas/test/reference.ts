import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { parse } from 'yaml';
import { readCrds } from '../generate/read-crds.ts';
import type { CustomResourceDefinition } from '../src/convert-crd.ts';
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

const read = new Map<string, CustomResourceDefinition[]>();

/** Those of one chart: read once, since to parse them takes longer than what is done with them. */
function crdsOf(folder: string): CustomResourceDefinition[] {
  const crds = read.get(folder) ?? readCrds(join(REFERENCE, folder), ['*.yaml']);
  read.set(folder, crds);
  return crds;
}

/** The custom resource definitions of the reference charts, first definition of a kind wins. */
export function readChartCrds(): CustomResourceDefinition[] {
  const crds = new Map<string, CustomResourceDefinition>();
  for (const folder of globSync('charts/*/crds', { cwd: REFERENCE }).sort()) {
    if (globSync('*.yaml', { cwd: join(REFERENCE, folder) }).length === 0) continue;
    for (const crd of crdsOf(folder)) {
      const key = `${crd.spec.group}/${crd.spec.names.kind}`;
      if (!crds.has(key)) crds.set(key, crd);
    }
  }
  return [...crds.values()];
}

/** The kinds that one reference chart brings, and the release of the operator that it installs. */
export interface ChartRelease {
  readonly chart: string;
  readonly release: string;
  readonly kinds: readonly { readonly apiVersion: string; readonly kind: string }[];
}

// Charts whose appVersion is not that of the operator, and groups that a chart brings of another project.
const OTHER_NUMBERS = ['flux2', 'milvus', 'strimzi'];
// Charts that the catalogue takes a newer release of than the reference holds.
const OLDER = ['external-dns', 'flux', 'mongodb', 'stunner'];
const OTHER_PROJECTS = [
  'cnpg/barmancloud.cnpg.io',
  'k8gb/externaldns.k8s.io',
  'kyverno/openreports.io',
  'kyverno/wgpolicyk8s.io',
];

/** The reference charts with an appVersion and custom resources; none where the reference data is absent. */
export function readChartReleases(): ChartRelease[] {
  const folders = globSync('charts/*/crds', { cwd: REFERENCE }).sort();
  return folders.flatMap((folder) => {
    const chart = basename(dirname(folder));
    const file = join(REFERENCE, dirname(folder), 'Chart.yaml');
    if (!existsSync(file) || [...OTHER_NUMBERS, ...OLDER].includes(chart)) return [];
    const { appVersion } = parse(readFileSync(file, 'utf8')) as { appVersion?: string };
    if (appVersion === undefined || globSync('*.yaml', { cwd: join(REFERENCE, folder) }).length === 0) return [];
    const kinds = crdsOf(folder)
      .filter(({ spec }) => !OTHER_PROJECTS.includes(`${chart}/${spec.group}`))
      .flatMap(({ spec }) =>
        spec.versions.map(({ name }) => ({ apiVersion: `${spec.group}/${name}`, kind: spec.names.kind })),
      );
    return [{ chart, release: appVersion, kinds }];
  });
}
