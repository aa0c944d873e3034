import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { compile, type OutputTree } from '@fluxwright/compiler';
import { loadWorkspace } from '@fluxwright/model';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';

const root = path.resolve(import.meta.dirname, '../../../..');
const scratch = mkdtempSync(path.join(tmpdir(), 'fluxwright-unrelated-'));
const cluster = 'hetzner-fsn1';
const manifest = path.join(scratch, 'clusters', cluster, 'cluster.yaml');
const manifestText = readFileSync(path.join(root, 'clusters', cluster, 'cluster.yaml'), 'utf8');
const names = [...loadWorkspace(root).value.components.keys()];

beforeAll(() => {
  for (const each of ['components', 'products', 'clusters'])
    cpSync(path.join(root, each), path.join(scratch, each), { recursive: true });
});
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** Files that list the whole cluster, so that every change of its components changes them. */
const isList = (file: string) =>
  ['.fluxwright.json', 'kustomizations/kustomization.yaml', 'provenance.json'].includes(file) ||
  // What a portal shows.
  file.endsWith('-catalogue.yaml');

async function treeOf(): Promise<ReadonlyMap<string, string>> {
  const trees: OutputTree[] = [];
  const { diagnostics } = await compile({
    root: scratch,
    clusters: [cluster],
    cache: 'verdicts',
    write: false,
    onTree: (tree) => trees.push(tree),
  });
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  return new Map(trees.flatMap(({ files }) => files.map(({ path: file, text }): [string, string] => [file, text])));
}

interface Newcomer {
  readonly name: string;
  readonly after: readonly string[];
  readonly requires: readonly string[];
  readonly values: Readonly<Record<string, number>>;
  readonly withChart: boolean;
}

const newcomer: fc.Arbitrary<Newcomer> = fc.record({
  name: fc.stringMatching(/^[a-z][a-z0-9]{2,8}(-[a-z0-9]{1,8})?$/).filter((name) => !names.includes(name)),
  after: fc.subarray(names, { maxLength: 3 }),
  requires: fc.subarray(['cilium', 'cert-manager', 'gateway-api', 'flux'], { maxLength: 2 }),
  // What YAML 1.1 takes for a boolean is refused as a key.
  values: fc.dictionary(
    fc.stringMatching(/^[a-z]{4,8}$/).filter((key) => !['false', 'null', 'true'].includes(key)),
    fc.integer({ min: 0, max: 99 }),
    { maxKeys: 3 },
  ),
  withChart: fc.boolean(),
});

/** Writes the component and has the cluster name it. */
function add({ name, after, requires, values, withChart }: Newcomer): void {
  const folder = path.join(scratch, 'components', name);
  const write = (file: string, text: string): void => {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), text);
  };
  const chart = { repository: 'https://charts.example.com', chart: name, version: '1.0.0' };
  const spec = { title: name, description: 'New.', namespace: name, after, requires: { components: requires } };
  const head = { apiVersion: 'fluxwright.dev/v1', kind: 'Component', metadata: { name } };
  const properties = Object.fromEntries(
    Object.keys(values).map((key) => [key, { type: 'integer', description: 'New.' }]),
  );
  write('component.yaml', stringify({ ...head, spec: { ...spec, ...(withChart ? { helm: chart } : {}) } }));
  write('package.json', JSON.stringify({ name, version: '0.1.0' }));
  write('values.schema.json', JSON.stringify({ type: 'object', additionalProperties: false, properties }));
  write('values.yaml', stringify(values));
  write(
    'install/configmap.yaml.hbs',
    `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\ndata:\n  values: {{quote (toJson values)}}\n`,
  );
  const own = parse(manifestText);
  writeFileSync(
    manifest,
    stringify({ ...own, spec: { ...own.spec, components: [...(own.spec.components ?? []), name] } }),
  );
}

function remove({ name }: Newcomer): void {
  rmSync(path.join(scratch, 'components', name), { recursive: true });
  writeFileSync(manifest, manifestText);
}

test('a component that nobody refers to changes no byte of any other', async () => {
  const before = await treeOf();
  expect(before.size).toBeGreaterThan(100);
  await fc.assert(
    fc.asyncProperty(newcomer, async (added) => {
      add(added);
      try {
        const after = await treeOf();
        const ours = (file: string) =>
          file.startsWith(`components/${added.name}/`) || file === `kustomizations/${added.name}.yaml`;
        const rest = [...after].filter(([file]) => !ours(file) && !isList(file));
        expect(new Map(rest)).toEqual(new Map([...before].filter(([file]) => !isList(file))));
        expect([...after.keys()].filter(ours).length).toBeGreaterThan(1);
      } finally {
        remove(added);
      }
    }),
    { numRuns: 5 },
  );
});
