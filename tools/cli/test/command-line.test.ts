import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

const bin = join(import.meta.dirname, '../bin/fluxwright.js');
const folder = mkdtempSync(join(tmpdir(), 'fluxwright-cli-'));
cpSync(join(import.meta.dirname, 'fixtures/workspace'), folder, { recursive: true });
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function fluxwright(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...args], {
    cwd: folder,
    encoding: 'utf8',
    env: { PATH: process.env.PATH, ...env },
  });
  return { code: status, stdout, stderr };
}

describe('results and exit codes', () => {
  it('build writes a tree and says so on stdout', () => {
    const run = fluxwright(['build', 'one']);
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(run.stdout).toMatch(/^one: \d+ objects, \d+ files written, 0 removed\n$/);
    expect(readFileSync(join(folder, 'generated/one/components/app/install/configmap-app.yaml'), 'utf8')).toContain(
      'greeting: Hello',
    );
    expect(fluxwright(['build', 'one']).stdout).toContain(', 0 files written, 0 removed');
  });

  it('build --output writes elsewhere', () => {
    expect(fluxwright(['build', 'one', '--output=trees']).code).toBe(0);
    expect(existsSync(join(folder, 'trees/one/.fluxwright.json'))).toBe(true);
  });

  it('validate finds what is wrong, writes nothing and gives 1', () => {
    const run = fluxwright(['validate']);
    expect(run.code).toBe(1);
    expect(run.stdout).toMatch(/^one: \d+ objects\n$/);
    expect(run.stderr).toMatchInlineSnapshot(`
      "error[resolve/unknown-component]: cluster "bad" has the component "bsae", which does not exist
        clusters/bad/cluster.yaml:6:21
          6 |   components: [app, bsae]
            |                     ^^^^ no folder components/bsae
        help: did you mean "base"?

      1 error
      "
    `);
    expect(existsSync(join(folder, 'generated/bad'))).toBe(false);
  });

  it('json and annotations go to stdout', () => {
    const json = fluxwright(['validate', 'bad', '--format=json']);
    expect(json).toMatchObject({ code: 1, stderr: '' });
    expect(JSON.parse(json.stdout).diagnostics).toMatchObject([{ code: 'resolve/unknown-component' }]);
    const ci = fluxwright(['validate', 'bad', '--format', 'ci'], { CI: 'true' });
    expect(ci.stdout).toMatch(/^::error file=clusters\/bad\/cluster.yaml,line=6,/);
  });

  it('explain names the lines of a value', () => {
    const run = fluxwright(['explain', 'one', 'ConfigMap/app', 'data.greeting']);
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(run.stdout).toContain('components/app/install/configmap.yaml.hbs:6');
    expect(run.stdout).toContain('components/app/values.yaml:1');
    const missing = fluxwright(['explain', 'one', 'ConfigMap/ap']);
    expect(missing).toMatchObject({ code: 1, stdout: '' });
    expect(missing.stderr).toContain('cli/unknown-object');
  });

  it('works below the root of the workspace, and with --root anywhere', () => {
    const { status } = spawnSync(process.execPath, [bin, 'graph', 'one'], { cwd: join(folder, 'components/app') });
    expect(status).toBe(0);
    expect(spawnSync(process.execPath, [bin, 'graph', 'one', '--root', folder], { cwd: tmpdir() }).status).toBe(0);
  });

  it('a reader that leaves early is no error', () => {
    const run = spawnSync('sh', ['-c', `"${process.execPath}" "${bin}" graph one | true`], {
      cwd: folder,
      encoding: 'utf8',
    });
    expect(run).toMatchObject({ status: 0, stderr: '' });
  });
});

describe('graph', () => {
  it('shows waves with reasons', () => {
    expect(fluxwright(['graph', 'one']).stdout).toMatchInlineSnapshot(`
      "wave 1
        base
      wave 2
        app
          after base: component "app" requires the component "base" (components/app/component.yaml:8)
      wave 3
        app-configure
          after app: component "app" is configured once it is installed (components/app/configure/configmap.yaml.hbs:1)
      "
    `);
  });

  it('has a form for programs, for Markdown and for Graphviz', () => {
    expect(JSON.parse(fluxwright(['graph', 'one', '--format=json']).stdout).waves).toEqual([
      ['base'],
      ['app'],
      ['app-configure'],
    ]);
    expect(fluxwright(['graph', 'one', '--format=mermaid']).stdout).toContain('  stage-base --> stage-app\n');
    expect(fluxwright(['graph', 'one', '--format=dot']).stdout).toContain('  "base" -> "app";\n');
  });
});

describe('list', () => {
  it('prints what there is, and what a cluster names that is not there', () => {
    const run = fluxwright(['list', 'components']);
    expect(run.code).toBe(1);
    expect(run.stdout).toMatchInlineSnapshot(`
      "Component  Version  Comes from         Provides  Clusters
      app        0.1.0    its own templates  -         all (2)
      base       0.1.0    its own templates  -         all (2)
      "
    `);
    expect(run.stderr).toContain('cluster "bad" has the component "bsae", which does not exist');
  });

  it('has a form for programs', () => {
    const { products } = JSON.parse(fluxwright(['list', 'products', '--format=json']).stdout);
    expect(products).toEqual([]);
    expect(JSON.parse(fluxwright(['list', 'services', '--format=json']).stdout)).toEqual({ services: [] });
  });
});

describe('wrong usage gives 2 and says what was meant', () => {
  it.each([
    { args: ['biuld'], said: 'Did you mean build?' },
    { args: ['build', '--formt=json'], said: 'Did you mean --format?' },
    { args: ['build', '--format=xml'], said: 'Allowed choices are text, json, ci.' },
    { args: ['explain', 'one'], said: "missing required argument 'object'" },
    { args: ['graph', 'one', 'two'], said: 'too many arguments' },
    { args: ['list', 'component'], said: 'Allowed choices are components, products, services, capabilities, choices.' },
    { args: [], said: 'Examples:' },
  ])('$args', ({ args, said }) => {
    const run = fluxwright(args);
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toContain(said);
  });

  it('help is no error and has examples', () => {
    for (const args of [
      ['--help'],
      ['build', '--help'],
      ['explain', '--help'],
      ['graph', '--help'],
      ['list', '--help'],
    ]) {
      const run = fluxwright(args);
      expect(run).toMatchObject({ code: 0, stderr: '' });
      expect(run.stdout).toContain('Examples:');
    }
  });
});

describe('a bug of ours', () => {
  it('gives 2 and asks for a report; the stack only on request', () => {
    const args = ['--import', breaking, bin, 'graph', 'one'];
    const run = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
    expect(run.status).toBe(2);
    expect(run.stderr).toContain('This is a bug in Fluxwright');
    expect(run.stderr).not.toContain('    at ');
    const env = { ...process.env, FLUXWRIGHT_DEBUG: '1' };
    const debug = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8', env });
    expect(debug.stderr).toContain('    at ');
  });
});

/** A module that makes a built-in fail as no input could. */
const breaking = `data:text/javascript,${encodeURIComponent("Map.groupBy = () => { throw new Error('broken on purpose'); };")}`;

describe('what a cluster does with its tree', () => {
  it('capacity prints a table, and is as good as the cluster is', () => {
    expect(fluxwright(['capacity', 'one'])).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(fluxwright(['capacity', 'one', '--format=json']).stdout)).toMatchObject({ cluster: 'one' });
    expect(fluxwright(['capacity', 'one', '--format=markdown']).stdout).toContain('| **Total** |');
  });

  it('simulate shows the waves', () => {
    const run = fluxwright(['simulate', 'one']);
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(run.stdout).toContain('Cluster one, from empty\nwave 1\n');
    expect(JSON.parse(fluxwright(['simulate', 'one', '--format=json']).stdout)).toMatchObject({
      from: 'empty',
      never: [],
    });
  });

  it('changes and migrate compare with the disk, or with a git revision', () => {
    const git = (...args: string[]) =>
      spawnSync('git', ['-C', folder, '-c', 'user.name=a', '-c', 'user.email=a@b.c', ...args]);
    fluxwright(['build', 'one']);
    git('init', '--quiet');
    git('add', '--force', 'generated');
    git('commit', '--quiet', '--message=first');
    const same = 'Cluster one keeps every object where it is.\n';
    expect(fluxwright(['changes', 'one'])).toEqual({ code: 0, stdout: same, stderr: '' });
    expect(fluxwright(['changes', 'one', '--from=HEAD'])).toEqual({ code: 0, stdout: same, stderr: '' });
    expect(fluxwright(['simulate', 'one', '--from=HEAD']).stdout).toContain('from the previous tree');
    expect(fluxwright(['migrate', 'one', '--from=HEAD']).stdout).toContain('Nothing has to be held');
    const unknown = fluxwright(['changes', 'one', '--from=nowhere']);
    expect(unknown).toMatchObject({ code: 2, stdout: '' });
    expect(unknown.stderr).toContain('git has no generated/one at the revision nowhere');
  });
});

describe('--charts', () => {
  const chartCommands = [
    ['build', 'one'],
    ['validate', 'one'],
    ['explain', 'one', 'ConfigMap/app'],
    ['graph', 'one'],
    ['capacity', 'one'],
    ['simulate', 'one'],
    ['changes', 'one'],
    ['migrate', 'one'],
  ];

  it.each(chartCommands)('%s takes a folder, from the root', (...command) => {
    expect(fluxwright([...command, '--charts=components'])).toMatchObject({ code: 0, stderr: '' });
    const missing = fluxwright([...command, '--charts', 'nowhere']);
    expect(missing).toMatchObject({ code: 2, stdout: '' });
    expect(missing.stderr).toContain(
      `error: option '--charts <folder>': there is no folder ${join(folder, 'nowhere')}`,
    );
  });
});
