import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';

/** What the reference knows of a chart: where it is published, and the folder with its files. */
export interface ReferenceChart {
  readonly component: string;
  /** Null where the chart is published in no repository. */
  readonly repository: string | null;
  readonly name: string;
  readonly version: string;
  /** Absolute path of the folder with values.yaml, and values.schema.json where the chart has one. */
  readonly folder: string;
}

/** Real charts and custom resource definitions, kept outside the repository to test against. */
export interface Reference {
  readonly folder: string;
  /** By the component's name in the reference. */
  readonly charts: ReadonlyMap<string, ReferenceChart>;
}

interface IndexEntry {
  readonly component: string;
  readonly chart: { readonly repository: string | null; readonly name: string; readonly version: string };
}

/** The reference beside the workspace (`../shared/reference`); undefined where it is absent, as in a plain clone. */
export function findReference(root: string): Reference | undefined {
  const folder = path.resolve(root, '../shared/reference');
  if (!existsSync(folder)) return undefined;
  const entries = ['index.part1.json', 'index.part2.json'].flatMap((file): IndexEntry[] =>
    JSON.parse(readFileSync(path.join(folder, 'charts', file), 'utf8')),
  );
  const charts = entries
    .filter(({ chart }) => chart !== undefined && chart !== null)
    .map(({ component, chart: { repository, name, version } }): [string, ReferenceChart] => [
      component,
      {
        component,
        repository: repositoryOf(repository, name),
        name,
        version,
        folder: path.join(folder, 'charts', component),
      },
    ]);
  return { folder, charts: new Map(charts) };
}

/** The index has some charts of registries by their whole address, which ends in their name. */
function repositoryOf(address: string | null, name: string): string | null {
  return address?.startsWith('oci://') && address.endsWith(`/${name}`) ? address.slice(0, -name.length - 1) : address;
}

/** The default values of a chart. */
export function readChartValues({ folder }: ReferenceChart): Record<string, unknown> {
  return (parse(readFileSync(path.join(folder, 'values.yaml'), 'utf8')) ?? {}) as Record<string, unknown>;
}

/** The JSON Schema a chart has for its values; undefined where it has none. */
export function readChartSchema({ folder }: ReferenceChart): Record<string, unknown> | undefined {
  const file = path.join(folder, 'values.schema.json');
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}
