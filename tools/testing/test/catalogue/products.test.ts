import { existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { compile } from '@fluxwright/compiler';
import { isObject, type JsonValue, valueAt } from '@fluxwright/documents';
import { loadWorkspace, resolveCluster } from '@fluxwright/model';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { copyCatalogue } from '../../src/catalogue/copy-catalogue.ts';
import { readObjects, type TreeObject } from '../../src/catalogue/read-objects.ts';

// A product that says in tests/requirements.yaml what its components ask for, of nodes and of each other: held against the tree of a cluster that has it.

interface Amounts {
  readonly cpu: number;
  readonly memory: string;
  readonly gpu?: number;
}

interface Row extends Amounts {
  readonly title: string;
  readonly replicas: number;
  /** Where it stands: a workload, or a part of the values of a release. */
  readonly object: { readonly kind: string; readonly name: string; readonly at?: string };
}

interface Requirements {
  readonly cluster: Readonly<Record<string, JsonValue>>;
  readonly facts: Readonly<Record<string, JsonValue>>;
  readonly nodes: JsonValue;
  /** None where the stack says no resources. */
  readonly rows?: readonly Row[];
  readonly total?: Amounts;
  readonly sums?: { readonly rows: Amounts; readonly replicas: Amounts };
  readonly calls: readonly (readonly [string, string])[];
}

const root = path.resolve(import.meta.dirname, '../../../..');
const stack = path.join(root, '../shared/seed/platform-tech-stack.md');
/** The clusters differ by their product: what is in all of them is judged once. */
const verdicts = mkdtempSync(path.join(tmpdir(), 'product-verdicts-'));
afterAll(() => rmSync(verdicts, { recursive: true, force: true }));
const files = globSync('products/*/tests/requirements.yaml', { cwd: root }).sort();

describe.each(files)('%s', (file) => {
  const product = file.split(path.sep)[1] ?? '';
  const {
    cluster,
    facts,
    nodes,
    rows = [],
    total,
    sums,
    calls,
  }: Requirements = parse(readFileSync(path.join(root, file), 'utf8'));
  const folder = mkdtempSync(path.join(tmpdir(), 'product-'));
  let objects: readonly TreeObject[] = [];
  let errors: readonly string[] = [];
  let asked: readonly (readonly [string, string])[] = [];

  beforeAll(async () => {
    writeWorkspace(folder, { product, cluster, facts, nodes });
    const { diagnostics } = await compile({ root: folder, clusters: ['trial'], cache: verdicts, look: false });
    errors = diagnostics
      .filter(({ severity }) => severity === 'error')
      .map(({ code, message }) => `${code}: ${message}`);
    if (errors.length === 0) objects = readObjects(path.join(folder, 'generated/trial'));
    const resolved = resolveCluster(loadWorkspace(folder).value, 'trial').value;
    asked = resolved?.services.map(({ consumer, provider }) => [consumer, provider.component] as const) ?? [];
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('compiles without an error', () => {
    expect(errors).toEqual([]);
  });

  test.each(rows)('asks for $title as its row says', ({ replicas, cpu, memory, gpu = 0, object }) => {
    expect(askedFor(objects, object)).toEqual({ replicas, cpu, memory: bytes(memory), gpu });
  });

  test.skipIf(!existsSync(stack))(
    'has rows, a total and sums where the stack has a table of resources, and else none',
    () => {
      const is = hasTable(product);
      expect({ rows: rows.length > 0, total: total !== undefined, sums: sums !== undefined }).toEqual({
        rows: is,
        total: is,
        sums: is,
      });
    },
  );

  test.runIf(sums !== undefined)('comes to the sums that are written beside the total', () => {
    if (sums === undefined) return;
    expect(sum(rows, () => 1)).toEqual({ ...sums.rows, memory: bytes(sums.rows.memory) });
    expect(sum(rows, (row) => row.replicas)).toEqual({ ...sums.replicas, memory: bytes(sums.replicas.memory) });
    expect(total?.gpu).toBe(sums.replicas.gpu);
  });

  test.each(calls)('%s asks something of %s', (consumer, provider) => {
    expect(asked).toContainEqual([consumer, provider]);
  });

  test.runIf(total !== undefined && existsSync(stack))(
    'has the rows of the table in the stack (skipped where that is absent)',
    () => {
      const lines = readFileSync(stack, 'utf8').split('\n');
      const start = lines.findIndex((line) => new RegExp(`^#### ${product} Resource Requirements`, 'i').test(line));
      const table = lines.slice(start + 1).filter((line) => line.startsWith('|'));
      const cells = table.slice(2, 2 + rows.length).map((line) =>
        line
          .split('|')
          .slice(1, -1)
          .map((cell) => cell.trim()),
      );
      expect(
        cells.map(([title, replicas, cpu, memory, gpu]) => ({
          title,
          replicas: Number(replicas),
          cpu: Number(cpu),
          memory,
          gpu: Number.parseInt(gpu ?? '', 10) || 0,
        })),
      ).toEqual(rows.map(({ title, replicas, cpu, memory, gpu = 0 }) => ({ title, replicas, cpu, memory, gpu })));
      expect(table[2 + rows.length]).toMatch(`~${total?.cpu} | ~${total?.memory} | ${total?.gpu}x`);
    },
  );
});

describe.skipIf(!existsSync(stack))('the products of the stack (skipped where its page is absent)', () => {
  const lists = existsSync(stack) ? componentsOfStack(readFileSync(stack, 'utf8')) : new Map<string, string[]>();
  const { products } = loadWorkspace(root).value;
  const ours = [...lists].filter(([product]) => products.has(product));

  test.each([...products.keys()])(
    'what %s asks for is held against the table of the stack, if it has one',
    (product) => {
      if (hasTable(product)) expect(files).toContain(`products/${product}/tests/requirements.yaml`);
    },
  );

  test.each(ours)('%s has each component by its name', (product, components) => {
    const names = products.get(product)?.spec.components?.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(components));
  });
});

/** Whether the stack says what a product asks for. */
function hasTable(product: string): boolean {
  return new RegExp(`^#### ${product} Resource Requirements$`, 'im').test(readFileSync(stack, 'utf8'));
}

/** Rows of the tables "… Components", by product; the row in bold is the product itself. */
function componentsOfStack(text: string): Map<string, string[]> {
  const tables = text.matchAll(/^#### (\w+) Components\n+((?:\|.*\n)+)/gm);
  return new Map(
    [...tables].map(([, product = '', table = '']) => [
      product.toLowerCase(),
      table
        .split('\n')
        .slice(2)
        .flatMap((line) => (line.split('|')[1] ?? '').trim().replaceAll('*', '') || [])
        .filter((name) => name !== product.toLowerCase()),
    ]),
  );
}

/** The catalogue with one cluster that has the product, whose provider states what the product needs. */
function writeWorkspace(
  at: string,
  { product, cluster, facts, nodes }: Pick<Requirements, 'cluster' | 'facts' | 'nodes'> & { product: string },
): void {
  copyCatalogue(root, at);
  const { clusters, products } = loadWorkspace(root).value;
  const [sample] = clusters.values();
  if (sample === undefined) throw new Error('there is no cluster');
  const { disasterRecovery: _, ...spec } = sample.spec;
  for (const { folder } of products.values()) {
    const manifest = parse(readFileSync(path.join(at, folder, 'product.yaml'), 'utf8'));
    const option = manifest.spec.choices?.provider?.options[String(spec.provider)];
    if (option?.facts === undefined) continue;
    Object.assign(option.facts, facts);
    write(path.join(at, folder, 'product.yaml'), manifest);
  }
  write(path.join(at, 'clusters/trial/cluster.yaml'), {
    apiVersion: 'fluxwright.dev/v1',
    kind: 'Cluster',
    metadata: { name: 'trial' },
    spec: { ...spec, ...cluster, nodes, domain: 'trial.example.com', products: [product] },
  });
}

function write(file: string, value: unknown): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, stringify(value, { aliasDuplicateObjects: false }));
}

function askedFor(objects: readonly TreeObject[], { kind, name, at }: Row['object']) {
  const object = objects.find((each) => each.kind === kind && each.metadata.name === name);
  if (object === undefined) throw new Error(`there is no ${kind}/${name}`);
  const whole = object as unknown as JsonValue;
  const part = at === undefined ? valueAt(whole, ['spec']) : valueAt(whole, at.split('.'));
  const container = at === undefined ? valueAt(part ?? null, ['template', 'spec', 'containers', 0]) : part;
  const requests = valueAt(container ?? null, ['resources', 'requests']);
  if (!isObject(requests)) throw new Error(`${kind}/${name} asks for nothing`);
  return {
    replicas: valueAt(part ?? null, ['replicas']),
    cpu: cores(String(requests.cpu)),
    memory: bytes(String(requests.memory)),
    gpu: Number(requests['nvidia.com/gpu'] ?? 0),
  };
}

function sum(rows: readonly Row[], times: (row: Row) => number) {
  const over = (amount: (row: Row) => number) => rows.reduce((all, row) => all + amount(row) * times(row), 0);
  return { cpu: over(({ cpu }) => cpu), memory: over(({ memory }) => bytes(memory)), gpu: over(({ gpu = 0 }) => gpu) };
}

function cores(text: string): number {
  return text.endsWith('m') ? Number(text.slice(0, -1)) / 1000 : Number(text);
}

function bytes(text: string): number {
  const [, number, unit] = /^([0-9.]+)(Mi|Gi)$/.exec(text) ?? [];
  if (number === undefined) throw new Error(`an amount of memory is written as 512Mi or 2Gi: ${text}`);
  return Number(number) * 2 ** (unit === 'Gi' ? 30 : 20);
}
