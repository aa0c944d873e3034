import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cluster, component, product, sampleFiles } from './sample-files.ts';
import { makeTempWorkspace, type Run, type TempWorkspace } from './temp-workspace.ts';
import { treeBytes, treeTimes } from './tree-state.ts';

let workspace: TempWorkspace;
beforeAll(() => {
  workspace = makeTempWorkspace(sampleFiles);
});
afterAll(() => workspace.close());

function generated(): string {
  return join(workspace.root, 'generated');
}

function build(env: Readonly<Record<string, string>> = {}): Run {
  return workspace.nx(['run', 'clusters:build', '--outputStyle=stream'], env);
}

/** The bytes that the compiler writes into an empty folder: what a cached build must equal. */
function cleanBuild(): Readonly<Record<string, string>> {
  const bin = join(workspace.root, 'tools/cli/bin/fluxwright.js');
  const run = workspace.command(process.execPath, [bin, 'build', '--output=clean']);
  expect(run, run.stdout + run.stderr).toMatchObject({ code: 0 });
  const bytes = treeBytes(join(workspace.root, 'clean'));
  workspace.remove('clean');
  return bytes;
}

describe('a second build', () => {
  it.each([
    { name: 'without the daemon', env: { NX_DAEMON: 'false' } as Record<string, string> },
    { name: 'in CI', env: { CI: 'true' } },
    { name: 'with the daemon', env: { NX_DAEMON: 'true' } },
  ])('$name is a look and touches no file', ({ env }) => {
    expect(build(env).code).toBe(0);
    const before = { bytes: treeBytes(generated()), times: treeTimes(generated()) };
    const second = build(env);
    if (env.NX_DAEMON === 'true') workspace.nx(['daemon', '--stop']);
    expect(lookedAt(second), second.stdout).toEqual(['alpha', 'beta', 'gamma']);
    expect(treeBytes(generated())).toEqual(before.bytes);
    expect(treeTimes(generated())).toEqual(before.times);
    expect(Object.keys(before.bytes).length).toBeGreaterThan(10);
  });

  it('compiles everything where Nx is told to skip its cache', () => {
    const run = workspace.nx(['run', 'clusters:build', '--skip-nx-cache', '--outputStyle=stream']);
    expect(run.code, run.stdout).toBe(0);
    expect(lookedAt(run)).toEqual([]);
    expect(run.stdout).toMatch(/alpha: \d+ objects\n/);
  });
});

it('with the environment of .ci/run nothing comes from a cache', () => {
  const script = readFileSync(join(import.meta.dirname, '../../../.ci/run'), 'utf8');
  const exported = [...script.matchAll(/^export (.+)$/gm)].flatMap(([, all = '']) => all.split(' '));
  const env = Object.fromEntries(exported.map((each) => each.split('=') as [string, string]));
  const lint = () => workspace.nx(['run', 'cluster-alpha:lint', '--outputStyle=static'], env).stdout;
  lint();
  const again = lint();
  expect(again).toContain('generated/alpha:');
  expect(again).not.toMatch(/local cache|match the cache|from the cache/);
  expect(again).not.toContain('nothing changed');
});

describe('a build puts no tree in place that no gate has seen', () => {
  it('keeps a foreign file and says so, also where the sources are those of an earlier build', () => {
    expect(build().code).toBe(0);
    workspace.write('generated/alpha/NOTES.md', 'mine\n');
    const run = build();
    expect(run.code).toBe(1);
    expect(run.stdout + run.stderr).toContain('write/foreign-file');
    expect(workspace.read('generated/alpha/NOTES.md')).toBe('mine\n');
    workspace.remove('generated/alpha/NOTES.md');
    expect(build().code).toBe(0);
  });

  it('refuses to lose data on the way back to sources that were built before', () => {
    expect(build().code).toBe(0);
    workspace.write('components/base/install/claim.yaml', claim);
    expect(build().code).toBe(0);
    workspace.remove('components/base/install/claim.yaml');
    const run = build();
    expect(run.code).toBe(1);
    expect(run.stdout + run.stderr).toContain('change/data-loss');
    expect(Object.keys(treeBytes(generated()))).toContain(
      'alpha/components/base/install/persistentvolumeclaim-data.yaml',
    );
    // Not meant to stay: the next builds start from nothing.
    workspace.remove('generated');
    expect(build().code).toBe(0);
  });

  it('refuses to run where nx.json would cache it', () => {
    const settings = workspace.read('nx.json');
    const { targetDefaults, ...rest } = JSON.parse(settings);
    const { '@fluxwright/nx-plugin:build': _, ...others } = targetDefaults;
    workspace.write('nx.json', JSON.stringify({ ...rest, targetDefaults: { ...others, build: { cache: true } } }));
    const run = build();
    expect(run.code).toBe(1);
    expect(run.stdout + run.stderr).toContain('"@fluxwright/nx-plugin:build": { "cache": false }');
    workspace.write('nx.json', settings);
  });
});

describe('a cached build equals a clean one', () => {
  const edit = (file: string, from: string, to: string) => () => {
    const text = workspace.read(file);
    expect(text).toContain(from);
    workspace.write(file, text.replace(from, to));
  };
  const add = (files: Readonly<Record<string, string>>) => () => {
    for (const [file, text] of Object.entries(files)) workspace.write(file, text);
  };

  // In this order, each on top of the one before.
  it.each([
    { change: 'a default value', make: edit('components/app/values.yaml', 'Hello', 'Good day') },
    {
      change: 'a template',
      make: edit('components/base/install/configmap.yaml.hbs', '\ndata:', '\ndata:\n  more: text'),
    },
    { change: 'a new template', make: add({ 'components/base/install/second.yaml': configMap('second') }) },
    { change: 'a template removed', make: () => workspace.remove('components/base/install/second.yaml') },
    { change: 'a schema', make: edit('components/app/values.schema.json', '"A text."', '"Another text."') },
    {
      change: 'a definition that schemas share',
      make: () => {
        const definition = { title: 'Greeting', description: 'A text.', type: 'string' };
        workspace.write('components/values.defs.json', JSON.stringify({ $defs: { greeting: definition } }));
        const schema = JSON.parse(workspace.read('components/app/values.schema.json'));
        schema.properties.greeting = { $ref: '../values.defs.json#/$defs/greeting', description: 'Another text.' };
        workspace.write('components/app/values.schema.json', JSON.stringify(schema));
      },
    },
    { change: 'that definition', make: edit('components/values.defs.json', 'A text.', 'A text of one line.') },
    {
      change: 'a component manifest',
      make: edit('components/app/component.yaml', 'namespace: app', 'namespace: apps'),
    },
    { change: 'the version of a component', make: edit('components/app/package.json', '0.1.0', '0.2.0') },
    { change: 'a value of a product', make: edit('products/extra/product.yaml', 'From extra', 'From a product') },
    {
      change: 'a mandatory product',
      make: add(product('late', '  mandatory: true\n  components:\n    - name: other\n')),
    },
    { change: 'that product removed', make: () => workspace.remove('products/late') },
    {
      change: 'a value of a cluster',
      make: edit('clusters/beta/cluster.yaml', 'spec:', 'spec:\n  values: {other: {greeting: Beta}}'),
    },
    { change: 'the defaults', make: edit('clusters/defaults.yaml', 'branch: main', 'branch: release') },
    {
      change: "the peer's manifest",
      make: edit('clusters/gamma/cluster.yaml', 'gamma.example.com', 'gamma.example.org'),
    },
    { change: 'a component nobody uses', make: add(component('idle', '')) },
    {
      change: 'that component, needed now',
      make: edit('components/other/component.yaml', '  namespace', '  requires: {components: [idle]}\n  namespace'),
    },
    { change: 'a new cluster', make: add(cluster('delta', '  products: [extra]\n')) },
    {
      change: 'the compiler',
      make: edit('tools/compiler/src/assemble/generated-header.ts', 'export function', '// changed\nexport function'),
    },
    {
      change: 'an output file edited by hand',
      make: edit('generated/beta/components/other/install/configmap-other.yaml', 'Beta', 'By hand'),
    },
    { change: 'an output file removed', make: () => workspace.remove('generated/beta/components/other') },
    { change: 'back to an earlier state', make: edit('components/app/values.yaml', 'Good day', 'Hello') },
  ])('after $change', ({ make }) => {
    make();
    const run = build();
    expect(run, run.stdout + run.stderr).toMatchObject({ code: 0 });
    expect(treeBytes(generated())).toEqual(cleanBuild());
  });
});

/** A file of the library that templates are read with. Installed packages are links: a copy takes the place of this one. */
it('another handlebars leaves nothing unlooked at', () => {
  expect(build().code).toBe(0);
  expect(lookedAt(build())).toContain('alpha');
  workspace.copyPackage('handlebars');
  expect(lookedAt(build())).toEqual([]);
});

describe('the cache does not hide an error that comes from outside', () => {
  it('a second candidate for a capability', () => {
    for (const [file, text] of Object.entries({
      ...component('other', '  requires: {capabilities: [signal]}\n'),
      ...component('first', '  provides: {capabilities: [signal]}\n'),
    })) {
      workspace.write(file, text);
    }
    expect(build().code).toBe(0);
    for (const [file, text] of Object.entries(component('second', '  provides: {capabilities: [signal]}\n'))) {
      workspace.write(file, text);
    }
    const run = build();
    expect(run.code).toBe(1);
    expect(run.stdout + run.stderr).toContain('resolve/ambiguous-capability');
  });
});

/** The clusters that a run has only looked at. */
function lookedAt({ stdout }: Run): readonly string[] {
  return [...stdout.matchAll(/^(\S+): \d+ objects, nothing changed$/gm)].map(([, name]) => name ?? '').sort();
}

const claim = `apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: data
spec:
  accessModes: [ReadWriteOnce]
  resources: {requests: {storage: 1Gi}}
`;

function configMap(name: string): string {
  return `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n`;
}
