import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CompileOptions, compile } from '../../src/commands/compile.ts';
import { component } from '../sample-workspace.ts';
import { readFolder, readStats } from '../write/read-folder.ts';

const sample = resolve(import.meta.dirname, '../../../testing/fixtures/workspace');
let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'fluxwright-look-'));
  cpSync(sample, root, { recursive: true });
  write('clusters/two/cluster.yaml', cluster('two', ''));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

/** Clusters that were looked at and not compiled, then what went wrong. */
async function run(options: Partial<CompileOptions> = {}): Promise<readonly string[]> {
  const { clusters, diagnostics } = await compile({ root, cache: 'cache', ...options });
  return [...clusters.filter(({ looked }) => looked).map(({ name }) => name), ...diagnostics.map(({ code }) => code)];
}

function write(file: string, text: string): void {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
}

function cluster(name: string, spec: string): string {
  return `apiVersion: fluxwright.dev/v1\nkind: Cluster\nmetadata: {name: ${name}}\nspec:\n  provider: hetzner\n  dns: cloudflare\n  domain: ${name}.example.com\n  components: [web]\n${spec}`;
}

const page = 'generated/one/components/web/install/configmap-page.yaml';

describe('a build of what has not changed is a look', () => {
  it('that touches nothing and says what the first one said', async () => {
    write('components/web/install/stray.txt', 'Nothing reads this.');
    const first = await compile({ root, cache: 'cache' });
    const before = readStats(join(root, 'generated'));
    const again = await compile({ root, cache: 'cache' });
    expect(again.clusters.map(({ looked }) => looked)).toEqual([true, true]);
    expect(again.diagnostics).toEqual(first.diagnostics);
    expect(again.diagnostics.map(({ code }) => code)).toEqual(['load/unused-file']);
    expect(again.clusters.map(({ objects }) => objects)).toEqual(first.clusters.map(({ objects }) => objects));
    expect(readStats(join(root, 'generated'))).toEqual(before);
  });

  it('of the clusters that a change does not reach', async () => {
    await run();
    write('clusters/two/cluster.yaml', cluster('two', '  values: {web: {replicas: 4}}\n'));
    expect(await run()).toEqual(['one']);
    expect(await run()).toEqual(['one', 'two']);
    for (const [file, text] of Object.entries(component('idle', '  namespace: idle\n'))) write(file, text);
    expect(await run()).toEqual([]);
    write('components/idle/values.yaml', '# nobody has it\n');
    expect(await run()).toEqual(['one', 'two']);
  });

  it('not where the contract of a service has changed that one of its components asks for', async () => {
    const contract = (size: number) => {
      const request = {
        type: 'object',
        additionalProperties: false,
        properties: { size: { description: 'Its size.', type: 'integer', default: size } },
      };
      const outputs = { type: 'object', additionalProperties: false };
      const queue = { title: 'Queue', description: 'A queue.', phase: 'before', request, outputs };
      write('components/services.defs.json', JSON.stringify({ kinds: { queue } }));
    };
    contract(1);
    const broker = component('broker', '  namespace: broker\n  provides: {services: [{kind: queue, outputs: {}}]}\n', {
      'services/queue.yaml.hbs':
        'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: queue}\ndata: {size: "{{request.with.size}}"}\n',
    });
    const asking = component('asking', '  namespace: asking\n  requires: {services: [{kind: queue}]}\n');
    for (const [file, text] of Object.entries({ ...broker, ...asking })) write(file, text);
    write('clusters/two/cluster.yaml', cluster('two', '').replace('[web]', '[web, asking]'));
    await run();
    contract(2);
    expect(await run()).toEqual(['one']);
    const made = readFolder(join(root, 'generated/two/components/asking/services'));
    expect(JSON.stringify([...Object.entries(made)])).toContain('size: \\"2\\"');
  });

  it('not where it was not built before: validate makes no tree', async () => {
    await run({ write: false });
    expect(await run({ write: false })).toEqual(['one', 'two']);
    expect(await run()).toEqual([]);
    expect(await run({ output: 'elsewhere' })).toEqual([]);
    expect(await run({ look: false })).toEqual([]);
    expect(await run()).toEqual(['one', 'two']);
  });

  it('never of a cluster with an error', async () => {
    write('clusters/two/cluster.yaml', cluster('two', '  values: {web: {replicas: 0}}\n'));
    await run();
    expect(await run()).toEqual(['one', 'resolve/invalid-value']);
  });
});

describe('a build looks closely enough to see', () => {
  it.each([
    { change: 'a file of the tree edited', make: () => write(page, 'edited\n') },
    { change: 'a file of the tree removed', make: () => rmSync(join(root, page)) },
    { change: 'the tree gone', make: () => rmSync(join(root, 'generated/one'), { recursive: true }) },
    { change: 'the record gone', make: () => rmSync(join(root, 'generated/one/.fluxwright.json')) },
    { change: 'a default value', make: () => write('components/web/values.yaml', 'greeting: hello\nreplicas: 3\n') },
    { change: 'a new template', make: () => write('components/web/install/more.yaml', configMap) },
    { change: 'the version of a component', make: () => write('components/web/package.json', versioned) },
  ])('$change', async ({ make }) => {
    await run();
    make();
    const looked = await run();
    expect(looked).not.toContain('one');
    expect(readFolder(join(root, 'generated/one'))).toEqual(await clean());
  });

  it('a file of the same size whose times were set back', async () => {
    await run();
    const text = readFolder(join(root, 'generated/one'))['components/web/install/configmap-page.yaml'] ?? '';
    const times = readStats(join(root, 'generated'));
    write(page, text.replace('hello', 'jello'));
    utimesSync(join(root, page), 0, 0);
    expect(Object.keys(times).length).toBeGreaterThan(5);
    expect(await run()).toEqual(['two']);
    expect(readFolder(join(root, 'generated/one'))['components/web/install/configmap-page.yaml']).toBe(text);
  });

  it('a foreign file, which is kept and stops the build', async () => {
    await run();
    write('generated/one/NOTES.md', 'mine\n');
    expect(await run()).toEqual(['two', 'write/foreign-file']);
    expect(readFolder(join(root, 'generated/one'))['NOTES.md']).toBe('mine\n');
  });

  it('a file that became a symlink, which is foreign', async () => {
    await run();
    replaceByLink(page);
    expect(await run()).toEqual(['two', 'write/foreign-file']);
  });

  it('an output folder that became a symlink', async () => {
    await run();
    cpSync(join(root, 'generated'), join(root, 'moved'), { recursive: true });
    rmSync(join(root, 'generated'), { recursive: true });
    symlinkSync('moved', join(root, 'generated'));
    expect(await run()).toContain('write/failed');
  });

  it('a component in node_modules that changes under one version', async () => {
    const files = component('added', '  namespace: added\n', { 'install/map.yaml': configMap });
    for (const [file, text] of Object.entries(files)) write(file.replace('components', 'node_modules'), text);
    write('package.json', JSON.stringify({ name: 'fleet', private: true, dependencies: { added: '0.1.0' } }));
    write('clusters/two/cluster.yaml', cluster('two', '').replace('[web]', '[web, added]'));
    expect(await run()).toEqual([]);
    write('node_modules/added/install/map.yaml', configMap.replace('name: more', 'name: other'));
    expect(await run()).toEqual(['one']);
    expect(Object.keys(readFolder(join(root, 'generated/two')))).toContain(
      'components/added/install/configmap-other.yaml',
    );
  });

  it('a chart that comes to hand', async () => {
    await run();
    write('charts/web-1.0.0.tgz', 'no chart anybody asks for');
    expect(await run()).toEqual([]);
    expect(await run()).toEqual(['one', 'two']);
  });
});

it('what cannot be kept costs time only', async () => {
  mkdirSync(join(root, 'cache'));
  chmodSync(join(root, 'cache'), 0o555);
  writeFileSync(join(root, 'cache/stamps'), 'a file in the way');
  expect(await run()).toEqual([]);
  expect(await run()).toEqual([]);
});

const configMap = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: more\n';
const versioned = JSON.stringify({ name: '@fluxwright-components/web', version: '9.9.9', private: true });

function replaceByLink(file: string): void {
  cpSync(join(root, file), join(root, 'elsewhere.yaml'));
  rmSync(join(root, file));
  symlinkSync(join(root, 'elsewhere.yaml'), join(root, file));
}

/** What a build into an empty folder makes of `one`; what stands in the way of a build is taken out first. */
async function clean(): Promise<Readonly<Record<string, string>>> {
  rmSync(join(root, 'generated'), { recursive: true });
  await compile({ root });
  return readFolder(join(root, 'generated/one'));
}
