import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { cluster, component, product, writeWorkspace } from '../../test/write-workspace.ts';
import { loadWorkspace } from './load-workspace.ts';

const codes = (root: string) => loadWorkspace(root).diagnostics.map(({ code, primary }) => `${code} ${primary?.file}`);

describe('loadWorkspace', () => {
  it('reads what a component is made of', () => {
    const root = writeWorkspace({
      ...cluster('one'),
      ...component(
        'web',
        { helm: { repository: 'oci://example.com/charts', chart: 'web', version: '1.0.0' } },
        { values: { a: 1 }, properties: { a: {} }, configure: true },
      ),
      'components/web/helm/values.yaml.hbs': 'a: {{values.a}}\n',
      'components/web/install/b.yaml.hbs': 'b\n',
      'components/web/install/a.yaml': 'a\n',
      'components/web/kustomize/kustomization.yaml': 'resources: [deep/x.yaml]\n',
      'components/web/kustomize/deep/x.yaml': 'x\n',
      'components/web/tests/basic.yaml': 'choices: {}\n',
      'components/web/README.md': '# Web\n',
    });
    const { value, diagnostics } = loadWorkspace(root);
    const web = value.components.get('web');
    expect(diagnostics).toEqual([]);
    expect(web?.version).toBe('1.2.3');
    expect(web?.helmValues?.path).toBe('values.yaml.hbs');
    expect(web?.templates.install.map((file) => file.path)).toEqual(['a.yaml', 'b.yaml.hbs']);
    expect(web?.templates.configure.map((file) => file.file)).toEqual(['components/web/configure/object.yaml']);
    expect(web?.kustomize.map((file) => file.path)).toEqual(['deep/x.yaml', 'kustomization.yaml']);
    expect(value.sources.get('components/web/install/a.yaml')).toBe('a\n');
  });

  it('finds components that npm installed, and one of the workspace only once', () => {
    const root = writeWorkspace({
      ...cluster('one'),
      ...component('web'),
      ...component('mail', {}, { folder: 'node_modules/@example/mail' }),
      ...component('queue', {}, { folder: 'node_modules/many/components/queue' }),
      'node_modules/many/package.json': { name: 'many', fluxwright: { component: './components/queue' } },
      'node_modules/plain/package.json': { name: 'plain' },
      'package.json': {
        dependencies: { '@example/mail': '1.0.0', plain: '1.0.0', gone: '1.0.0' },
        devDependencies: { many: '1.0.0', linked: '1.0.0' },
      },
    });
    symlinkSync('../components/web', path.join(root, 'node_modules/linked'));
    const { value, diagnostics } = loadWorkspace(root);
    expect(diagnostics).toEqual([]);
    expect([...value.components].map(([name, { folder }]) => `${name} ${folder}`)).toEqual([
      'mail node_modules/@example/mail',
      'queue node_modules/many/components/queue',
      'web components/web',
    ]);
  });

  it('reads only the clusters asked for and their peers, and knows the names of all', () => {
    const root = writeWorkspace({
      ...cluster('one', { disasterRecovery: { role: 'primary', peer: 'two' } }),
      ...cluster('two', { disasterRecovery: { role: 'standby', peer: 'one' } }),
      'clusters/three/cluster.yaml': 'broken: [',
    });
    const { value, diagnostics } = loadWorkspace(root, { clusters: ['one'] });
    expect(diagnostics).toEqual([]);
    expect([...value.clusters.keys()]).toEqual(['one', 'two']);
    expect(value.clusterNames).toEqual(['one', 'three', 'two']);
    expect(loadWorkspace(root, { clusters: ['onw'] }).diagnostics[0]?.help).toBe('did you mean "one"?');
  });

  it('leaves out what is broken, keeps the rest, and collects every finding', () => {
    const root = writeWorkspace({
      ...cluster('one'),
      ...component('good'),
      ...component('bad', { titel: 'x' }),
      'components/bad/values.yaml': 'a: 1\na: 2\n',
      ...product('odd', { components: 'all' }),
    });
    const { value } = loadWorkspace(root);
    expect([...value.components.keys()]).toEqual(['good']);
    expect([...value.broken].sort()).toEqual(['components/bad', 'products/odd']);
    expect(codes(root)).toEqual([
      'load/unknown-key components/bad/component.yaml',
      'load/duplicate-key components/bad/values.yaml',
      'load/wrong-type products/odd/product.yaml',
    ]);
  });

  it('sees a change of a file, though it remembers results', () => {
    const root = writeWorkspace({ ...cluster('one'), ...component('web') });
    expect(codes(root)).toEqual([]);
    writeFileSync(path.join(root, 'components/web/values.yaml'), '[1]\n');
    expect(codes(root)).toEqual(['load/wrong-type components/web/values.yaml']);
  });

  it('ends on a symlink that leads round in its own folder', () => {
    const root = writeWorkspace({ ...cluster('one'), ...component('web') });
    mkdirSync(path.join(root, 'components/web/tests'));
    symlinkSync('..', path.join(root, 'components/web/tests/up'));
    expect(codes(root)).toEqual([]);
  });

  it('makes nothing of __proto__ but a key', () => {
    const root = writeWorkspace({
      ...cluster('one'),
      ...component('web'),
      'components/web/values.yaml': '__proto__: {polluted: true}\n',
    });
    expect(Object.keys(loadWorkspace(root).value.components.get('web')?.defaults?.value ?? {})).toEqual(['__proto__']);
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });
});
