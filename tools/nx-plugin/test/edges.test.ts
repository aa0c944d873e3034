import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { component, sampleFiles } from './sample-files.ts';
import { makeTempWorkspace, type TempWorkspace } from './temp-workspace.ts';

let workspace: TempWorkspace;
beforeEach(() => {
  workspace = makeTempWorkspace(sampleFiles);
  workspace.commit();
});
afterEach(() => workspace.close());

function edges(): Readonly<Record<string, readonly string[]>> {
  const run = workspace.nx(['graph', '--file=graph.json']);
  expect(run, run.stdout + run.stderr).toMatchObject({ code: 0 });
  const { graph } = JSON.parse(workspace.read('graph.json'));
  workspace.remove('graph.json');
  const dependencies = Object.entries(graph.dependencies as Record<string, readonly { target: string }[]>);
  return Object.fromEntries(
    dependencies
      .filter(([source]) => /^(cluster|product|component)-/.test(source))
      .map(([source, targets]) => [source, targets.map(({ target }) => target).sort()]),
  );
}

function affected(): readonly string[] {
  const { stdout } = workspace.nx(['show', 'projects', '--affected', '--json', '--projects=tag:kind:cluster']);
  return (JSON.parse(stdout) as string[]).toSorted();
}

function edit(file: string, change: (text: string) => string): void {
  workspace.write(file, change(workspace.read(file)));
}

describe('edges between projects', () => {
  it('run from cluster to product to component', () => {
    expect(edges()).toEqual({
      'cluster-alpha': ['nx-plugin', 'product-extra', 'product-platform'],
      'cluster-beta': ['component-other', 'nx-plugin', 'product-platform'],
      'cluster-gamma': ['nx-plugin', 'product-platform'],
      'product-extra': ['component-app'],
      'product-platform': ['component-base'],
      'component-app': ['component-base'],
      'component-base': [],
      'component-other': [],
    });
  });

  it('follow an edited manifest, and survive one that is broken', () => {
    edges();
    edit('clusters/gamma/cluster.yaml', (text) => `${text}  components: [other]\n`);
    expect(edges()['cluster-gamma']).toEqual(['component-other', 'nx-plugin', 'product-platform']);
    workspace.write('clusters/gamma/cluster.yaml', 'spec: [\n');
    expect(edges()['cluster-gamma']).toEqual(['nx-plugin']);
    workspace.write('components/base/values.schema.json', '{');
    expect(edges()['cluster-beta']).toContain('component-other');
  });
});

describe('nx affected names the clusters that use what changed', () => {
  it('a default value of a component', () => {
    workspace.write('components/app/values.yaml', 'greeting: Changed\n');
    expect(affected()).toEqual(['cluster-alpha']);
  });

  it('a template of a component that all have', () => {
    edit('components/base/install/configmap.yaml.hbs', (text) => `${text}  more: text\n`);
    expect(affected()).toEqual(['cluster-alpha', 'cluster-beta', 'cluster-gamma']);
  });

  it('the manifest of a cluster: itself and its peer', () => {
    edit('clusters/gamma/cluster.yaml', (text) => text.replace('gamma.example.com', 'changed.example.com'));
    expect(affected()).toEqual(['cluster-alpha', 'cluster-gamma']);
  });

  it("the fleet's defaults, and the compiler", () => {
    edit('clusters/defaults.yaml', (text) => text.replace('Audit', 'Enforce'));
    expect(affected()).toEqual(['cluster-alpha', 'cluster-beta', 'cluster-gamma']);
    workspace.commit();
    edit('tools/compiler/src/output-tree.ts', (text) => `${text}\n`);
    workspace.nx(['reset']);
    expect(affected()).toEqual(['cluster-alpha', 'cluster-beta', 'cluster-gamma']);
  });

  it('a new candidate for a capability that one of them needs', () => {
    edit('components/other/component.yaml', (text) => `${text}  requires: {capabilities: [signal]}\n`);
    for (const [file, text] of Object.entries(component('first', '  provides: {capabilities: [signal]}\n'))) {
      workspace.write(file, text);
    }
    workspace.commit();
    for (const [file, text] of Object.entries(component('second', '  provides: {capabilities: [signal]}\n'))) {
      workspace.write(file, text);
    }
    expect(affected()).toEqual(['cluster-beta']);
  });
});
