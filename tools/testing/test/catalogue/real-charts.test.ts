import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { compile } from '@fluxwright/compiler';
import type { JsonObject, JsonValue } from '@fluxwright/documents';
import { loadWorkspace, resolveCluster, standIns, type Workspace } from '@fluxwright/model';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { mergeChartValues } from '../../src/catalogue/merge-chart-values.ts';

const root = path.resolve(import.meta.dirname, '../../../..');
/** Packaged charts of the catalogue: a folder that FLUXWRIGHT_CHARTS names, else charts/ of the workspace. */
const charts = path.resolve(root, process.env.FLUXWRIGHT_CHARTS ?? 'charts');
const isThere = existsSync(charts) && readdirSync(charts).some((file) => file.endsWith('.tgz'));
const folder = mkdtempSync(path.join(tmpdir(), 'real-charts-'));
const { value: workspace } = loadWorkspace(root);
const replacedBy = standIns(workspace);
const others = [...replacedBy.keys()];

/**
 * The sample clusters as they are; the first one delivered as rendered objects, with one replica of everything, and with each
 * component that can stand in for one of its products.
 */
beforeAll(() => {
  if (!isThere) return;
  for (const each of ['components', 'products', 'clusters']) {
    cpSync(path.join(root, each), path.join(folder, each), { recursive: true });
  }
  const [sample] = workspace.clusters.values();
  if (sample === undefined) throw new Error('there is no cluster');
  const { disasterRecovery: _, ...spec } = sample.spec;
  const write = (name: string, own: object): void => {
    mkdirSync(path.join(folder, 'clusters', name));
    const manifest = { apiVersion: 'fluxwright.dev/v1', kind: 'Cluster', metadata: { name }, spec: own };
    writeFileSync(path.join(folder, 'clusters', name, 'cluster.yaml'), stringify(manifest));
  };
  const domain = (name: string) => `${name}.example.com`;
  write('rendered', { ...spec, domain: domain('rendered'), delivery: 'rendered' });
  // Of what a cluster without a peer has.
  const alone = loadWorkspace(folder).value;
  const values = mergeChartValues((spec.values ?? {}) as JsonObject, singles(alone, 'rendered'));
  write('single', { ...spec, domain: domain('single'), values });
  for (const name of others) {
    const components = [...((spec.components ?? []) as readonly string[]), name];
    // What it sets for those that leave would be of nobody.
    const stay = Object.entries(spec.values ?? {}).filter(([each]) => !replacedBy.get(name)?.includes(each));
    write(`with-${name}`, { ...spec, domain: domain(`with-${name}`), components, values: Object.fromEntries(stay) });
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.skipIf(!isThere)(
  `with the real charts at hand${isThere ? '' : ' (skipped: FLUXWRIGHT_CHARTS names no folder of charts)'}`,
  () => {
    test('the sample clusters have no finding', async () => {
      expect(
        await found(
          readdirSync(path.join(root, 'clusters'), { withFileTypes: true }).flatMap((each) =>
            each.isDirectory() ? each.name : [],
          ),
          // Alone: the copies beside them share what is unique in a fleet.
          root,
        ),
      ).toEqual([]);
    }, 600_000);

    test.each(others)(
      'a sample cluster with %s in the place of what provides the same has no finding',
      async (name) => {
        expect(await found([`with-${name}`])).toEqual([]);
      },
      600_000,
    );

    test('what a chart prints is the same at any time, and no secret: it can be delivered rendered', async () => {
      const refused = (await found(['rendered'])).filter(
        (each) => /^(render|secret)\//.test(each) && !/^render\/(hook-dropped|lookup|chart-missing):/.test(each),
      );
      expect(refused).toEqual([]);
    }, 600_000);

    test('one replica of everything is counted right and can be drained', async () => {
      expect(await found(['single'])).toEqual([]);
    }, 600_000);
  },
);

async function found(clusters: readonly string[], from = folder): Promise<readonly string[]> {
  const { diagnostics } = await compile({ root: from, charts, clusters, write: false });
  return diagnostics.map(({ code, message, note }) => `${code}: ${message}${note === undefined ? '' : ` (${note})`}`);
}

/** For each component the values that set every `replicas` to 1, where its schema lets them. */
function singles(workspace: Workspace, cluster: string): Record<string, unknown> {
  const components = resolveCluster(workspace, cluster).value?.components ?? [];
  return Object.fromEntries(
    components.flatMap(({ component: { name, schema, defaults } }) => {
      const own = single(defaults?.value, schema.value);
      return own === undefined ? [] : [[name, own]];
    }),
  );
}

function single(values: JsonValue | undefined, schema: JsonValue | undefined): Record<string, unknown> | undefined {
  if (!isMap(values)) return undefined;
  const properties = isMap(schema) && isMap(schema.properties) ? schema.properties : {};
  const entries = Object.entries(values).flatMap(([key, value]): [string, unknown][] => {
    const property = properties[key];
    if (key === 'replicas' && typeof value === 'number') {
      const least = isMap(property) ? property.minimum : undefined;
      return typeof least === 'number' && least > 1 ? [] : [[key, 1]];
    }
    const below = single(value, property);
    return below === undefined ? [] : [[key, below]];
  });
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

function isMap(value: JsonValue | undefined): value is { readonly [key: string]: JsonValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
