import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sampleFiles } from './sample-files.ts';
import { makeTempWorkspace, type TempWorkspace } from './temp-workspace.ts';

let workspace: TempWorkspace;
beforeEach(() => {
  workspace = makeTempWorkspace(sampleFiles);
});
afterEach(() => workspace.close());

function generate(...args: readonly string[]): string {
  const run = workspace.nx(['g', ...args]);
  expect(run, run.stdout + run.stderr).toMatchObject({ code: 0 });
  return run.stdout;
}

function files(folder: string): readonly string[] {
  return readdirSync(join(workspace.root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(workspace.root.length + 1))
    .sort();
}

function build(): void {
  const run = workspace.nx(['run', 'clusters:build']);
  expect(run, run.stdout + run.stderr).toMatchObject({ code: 0 });
}

function test(component: string): void {
  const run = workspace.nx(['run', `component-${component}:test`]);
  expect(run, run.stdout + run.stderr).toMatchObject({ code: 0 });
}

describe('nx g component', () => {
  it('makes a component with templates that a cluster builds', () => {
    generate('component', 'greeter', '--cluster=beta', '--skipInstall');
    expect(files('components/greeter')).toEqual(
      [
        'README.md',
        'component.yaml',
        'install/configmap.yaml.hbs',
        'package.json',
        'tests/defaults.yaml',
        'values.schema.json',
        'values.yaml',
      ].map((file) => `components/greeter/${file}`),
    );
    expect(workspace.read('clusters/beta/cluster.yaml')).toContain('greeter');
    build();
    expect(workspace.read('generated/beta/components/greeter/install/configmap-greeter.yaml')).toContain('Hello');
    test('greeter');
  });

  it('makes one of a chart', () => {
    const chart = ['--chart=podinfo', '--repository=https://charts.example.com', '--chartVersion=6.9.2'];
    generate('component', 'podinfo', ...chart, '--cluster=beta', '--skipInstall', '--title=It\'s: "quoted"');
    build();
    const release = workspace.read('generated/beta/components/podinfo/install/helmrelease-podinfo.yaml');
    expect(release).toContain('chart: podinfo');
    expect(release).toContain('replicaCount: 1');
    test('podinfo');
  });

  it('makes one of a Kustomize base', () => {
    generate('component', 'based', '--kustomize', '--cluster=beta', '--skipInstall');
    build();
    expect(files('generated/beta/components/based').join('\n')).toContain('configmap');
    test('based');
  });

  it('makes one that asks for services, of a component that provides them', () => {
    generate('component', 'broker', '--skipInstall');
    generate('service', 'queue', '--provider=broker');
    test('broker');
    generate('component', 'shop', '--services=queue,letters=queue', '--cluster=beta', '--skipInstall');
    build();
    expect(files('generated/beta/components/shop/services').map((file) => file.split('/').at(-1))).toEqual([
      'configmap-shop-letters.yaml',
      'configmap-shop-queue.yaml',
      'kustomization.yaml',
      'namespace-shop.yaml',
    ]);
    test('shop');
    expect(workspace.read('components/shop/component.yaml')).toContain('# service.letters: name');
    expect(workspace.read('components/shop/package.json')).toContain('services.catalogue.defs.json');
  });

  it('says what is wrong with the options', () => {
    const said = (...args: readonly string[]): string => {
      const run = workspace.nx(['g', 'component', ...args, '--skipInstall']);
      expect(run.code).not.toBe(0);
      return run.stdout + run.stderr;
    };
    expect(said('app')).toContain('components/app exists already.');
    expect(said('new', '--services=queu')).toContain('There is no kind of service "queu"; there are none.');
    expect(said('new', '--chart=x')).toContain('A chart needs --repository and --chartVersion too.');
    expect(said('new', '--cluster=nowhere')).toContain('There is no cluster "nowhere"');
    expect(said('New_One')).toContain('New_One');
  });
});

describe('nx g product and nx g cluster', () => {
  it('make a product of components that a cluster builds', () => {
    generate('product', 'both', '--components=other,app', '--cluster=beta');
    build();
    expect(files('generated/beta/kustomizations').join('\n')).toContain('app.yaml');
  });

  it('copy a cluster without its peer', () => {
    generate('cluster', 'delta', '--from=alpha', '--domain=delta.example.com');
    const text = workspace.read('clusters/delta/cluster.yaml');
    expect(text).toContain('name: delta');
    expect(text).not.toContain('disasterRecovery');
    build();
    expect(workspace.read('generated/delta/components/app/install/configmap-app.yaml')).toContain('delta.example.com');
  });

  it('make the first cluster of a workspace', () => {
    for (const name of ['alpha', 'beta', 'gamma']) workspace.remove(`clusters/${name}`);
    generate('cluster', 'first');
    build();
    expect(files('generated/first')).toContain('generated/first/flux-system/kustomization.yaml');
  });
});
