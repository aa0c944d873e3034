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

/** The cluster builds that `nx affected -t build` would run. */
function affected(): readonly string[] {
  return affectedTasks('build', 'cluster-');
}

function affectedTasks(target: string, projects: string): readonly string[] {
  const run = workspace.nx(['affected', '-t', target, '--graph=affected.json']);
  expect(run, run.stdout + run.stderr).toMatchObject({ code: 0 });
  const { tasks } = JSON.parse(workspace.read('affected.json'));
  workspace.remove('affected.json');
  return Object.keys(tasks.tasks)
    .filter((task) => task.startsWith(projects))
    .sort();
}

function edit(file: string, change: (text: string) => string): void {
  workspace.write(file, change(workspace.read(file)));
}

describe('edges between projects', () => {
  it('run from cluster to product to component', () => {
    expect(edges()).toEqual({
      'cluster-alpha': ['compiler', 'product-extra', 'product-platform'],
      'cluster-beta': ['compiler', 'component-other', 'product-platform'],
      'cluster-gamma': ['compiler', 'product-platform'],
      'product-extra': ['component-app'],
      'product-platform': ['component-base'],
      'component-app': ['component-base', 'tools-component-test'],
      'component-base': ['tools-component-test'],
      'component-other': ['tools-component-test'],
    });
  });

  it('follow an edited manifest, and survive one that is broken', () => {
    edges();
    edit('clusters/gamma/cluster.yaml', (text) => `${text}  components: [other]\n`);
    expect(edges()['cluster-gamma']).toEqual(['compiler', 'component-other', 'product-platform']);
    workspace.write('clusters/gamma/cluster.yaml', 'spec: [\n');
    expect(edges()['cluster-gamma']).toEqual(['compiler']);
    workspace.write('components/base/values.schema.json', '{');
    expect(edges()['cluster-beta']).toContain('component-other');
  });
});

const everyCluster = ['cluster-alpha:build', 'cluster-beta:build', 'cluster-gamma:build'];

describe('nx affected names the clusters that use what changed', () => {
  it('a default value of a component', () => {
    workspace.write('components/app/values.yaml', 'greeting: Changed\n');
    expect(affected()).toEqual(['cluster-alpha:build']);
  });

  it('a template of a component that all have', () => {
    edit('components/base/install/configmap.yaml.hbs', (text) => `${text}  more: text\n`);
    expect(affected()).toEqual(everyCluster);
  });

  it('the manifest of a cluster: itself and its peer', () => {
    edit('clusters/gamma/cluster.yaml', (text) => text.replace('gamma.example.com', 'changed.example.com'));
    expect(affected()).toEqual(['cluster-alpha:build', 'cluster-gamma:build']);
  });

  it("the fleet's defaults, and the compiler", () => {
    edit('clusters/defaults.yaml', (text) => text.replace('Audit', 'Enforce'));
    expect(affected()).toEqual(everyCluster);
    workspace.commit();
    edit('tools/compiler/src/data/output-tree.ts', (text) => `${text}\n`);
    expect(affected()).toEqual(everyCluster);
  });

  it('a definition that schemas share: those whose components take some', () => {
    edit('components/app/values.schema.json', (text) => {
      const schema = JSON.parse(text);
      const properties = {
        ...schema.properties,
        size: { $ref: '../values.defs.json#/$defs/size', description: 'Size.' },
      };
      return JSON.stringify({ ...schema, properties });
    });
    const definition = { title: 'Size', description: 'A size.', type: 'string' };
    workspace.write('components/values.defs.json', JSON.stringify({ $defs: { size: definition } }));
    workspace.commit();
    edit('components/values.defs.json', (text) => text.replace('A size.', 'Another text.'));
    expect(affected()).toEqual(['cluster-alpha:build']);
    expect(affectedTasks('test', 'component-')).toEqual(['component-app:test']);
  });

  it('the contract of a service: those that ask for it or provide it', () => {
    edit(
      'components/other/component.yaml',
      (text) => `${text}  requires: {services: [{kind: queue, optional: true}]}\n`,
    );
    const closed = { type: 'object', additionalProperties: false };
    const queue = { title: 'Queue', description: 'A queue.', phase: 'before', request: closed, outputs: closed };
    workspace.write('components/services.defs.json', JSON.stringify({ kinds: { queue } }));
    workspace.commit();
    edit('components/services.defs.json', (text) => text.replace('A queue.', 'Another text.'));
    expect(affected()).toEqual(['cluster-beta:build']);
    expect(affectedTasks('test', 'component-')).toEqual(['component-other:test']);
  });

  it('no test, no case and no README', () => {
    workspace.write('tools/compiler/src/data/output-tree.test.ts', '');
    workspace.write('tools/flux/src/lint/rules/release-name.txtar', '');
    workspace.write('components/base/README.md', 'Other words.');
    workspace.write('components/base/tests/other.yaml', '');
    expect(affected()).toEqual([]);
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
    expect(affected()).toEqual(['cluster-beta:build']);
  });

  it('none by a new component, though npm writes it into package-lock.json', () => {
    addComponent('idle');
    expect(affected()).toEqual([]);
  });

  it('the one that asks for the new component', () => {
    addComponent('idle');
    edit('clusters/beta/cluster.yaml', (text) => text.replace('[other]', '[other, idle]'));
    expect(affected()).toEqual(['cluster-beta:build']);
  });
});

describe('nx affected names the components whose tests can tell what changed', () => {
  const tests = () => affectedTasks('test', 'component-');

  it('a default value: the component, and those that are tested with it', () => {
    workspace.write('components/other/values.yaml', 'greeting: Changed\n');
    expect(tests()).toEqual(['component-other:test']);
    workspace.commit();
    workspace.write('components/base/values.yaml', 'greeting: Changed\n');
    expect(tests()).toEqual(['component-app:test', 'component-base:test']);
  });

  it('a template of what can provide a capability', () => {
    edit('components/other/component.yaml', (text) => `${text}  requires: {capabilities: [greeting]}\n`);
    workspace.write(
      'components/base/component.yaml',
      component('base', '  provides: {capabilities: [greeting]}\n')['components/base/component.yaml'] ?? '',
    );
    workspace.commit();
    edit('components/base/install/configmap.yaml.hbs', (text) => `${text}  more: text\n`);
    expect(tests()).toEqual(['component-app:test', 'component-base:test', 'component-other:test']);
  });

  it('a component that only a case names', () => {
    workspace.write('components/other/tests/beside.yaml', besideApp);
    workspace.commit();
    workspace.write('components/app/values.yaml', 'greeting: Changed\n');
    expect(tests()).toEqual(['component-app:test', 'component-other:test']);
  });

  it('a new component: its own', () => {
    addComponent('idle');
    expect(tests()).toContain('component-idle:test');
  });
});

const besideApp = `apiVersion: fluxwright.dev/v1
kind: ComponentTest
metadata: {name: beside}
spec:
  description: It stands beside app.
  also: [{name: app}]
  expect: {objects: [{kind: ConfigMap, name: other}]}
`;

/** A component as the generator and then npm leave it behind. */
function addComponent(name: string): void {
  for (const [file, text] of Object.entries(component(name, ''))) workspace.write(file, text);
  const lock = JSON.parse(workspace.read('package-lock.json'));
  lock.packages[`components/${name}`] = {
    name: `@fluxwright-components/${name}`,
    version: '0.1.0',
    license: 'Apache-2.0',
  };
  lock.packages[`node_modules/@fluxwright-components/${name}`] = { resolved: `components/${name}`, link: true };
  workspace.write('package-lock.json', `${JSON.stringify(lock, null, 2)}\n`);
}
