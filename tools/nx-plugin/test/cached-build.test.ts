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
  return workspace.nx(['run', 'clusters:build'], env);
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
  ])('$name takes everything from the cache and touches no file', ({ env }) => {
    expect(build(env).code).toBe(0);
    const before = { bytes: treeBytes(generated()), times: treeTimes(generated()) };
    const second = build(env);
    if (env.NX_DAEMON === 'true') workspace.nx(['daemon', '--stop']);
    expect(second.stdout).toMatch(/from the cache instead of running the command for 4 out of 4 tasks/);
    expect(treeBytes(generated())).toEqual(before.bytes);
    expect(treeTimes(generated())).toEqual(before.times);
    expect(Object.keys(before.bytes).length).toBeGreaterThan(10);
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

it('another release of an npm package takes nothing from the cache', () => {
  const lock = JSON.parse(workspace.read('package-lock.json'));
  lock.packages['node_modules/handlebars'].integrity = `sha512-${'A'.repeat(86)}==`;
  workspace.write('package-lock.json', JSON.stringify(lock));
  expect(build().stdout).toMatch(/0\/\d+ hit/);
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

function configMap(name: string): string {
  return `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n`;
}
