import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { user } from '../../publisher/test/git-server.ts';
import { type GitServerProcess, startGitServerProcess } from '../../publisher/test/git-server-process.ts';
import { cluster, sampleFiles } from './sample-files.ts';
import { makeTempWorkspace, type Run, type TempWorkspace } from './temp-workspace.ts';

let server: GitServerProcess;
let workspace: TempWorkspace;
beforeAll(async () => {
  server = await startGitServerProcess(['fleet', 'beta', 'recipe']);
  const [fleet, beta] = server.urls;
  const defaults = sampleFiles['clusters/defaults.yaml'] ?? '';
  workspace = makeTempWorkspace({
    ...sampleFiles,
    'clusters/defaults.yaml': defaults.replace(/url: [^,]+/, `url: ${fleet}`),
    ...cluster('beta', `  components: [other]\n  git: {url: ${beta}}\n`),
  });
  workspace.commit();
});
afterAll(async () => {
  workspace.close();
  await server.stop();
});

/** Where git does not look. */
const summary = '.nx/summary.md';

const credentials = { FLUXWRIGHT_GIT_TOKEN: user.token };

function git(name: string, ...args: readonly string[]): string {
  return execFileSync('git', ['-C', join(server.root, `${name}.git`), ...args], { encoding: 'utf8' }).trim();
}

describe('nx run clusters:publish', () => {
  it('builds and publishes every cluster to its repository, and then does nothing', () => {
    const run = workspace.nx(['run', 'clusters:publish'], credentials);
    expect(run.code, run.stdout + run.stderr).toBe(0);
    expect(git('fleet', 'ls-tree', '--name-only', 'main:clusters')).toBe('alpha\ngamma');
    expect(git('beta', 'ls-tree', '--name-only', 'main:clusters')).toBe('beta');
    expect(git('fleet', 'rev-list', '--count', 'main')).toBe('2');
    expect(git('fleet', 'log', '-1', '--format=%(trailers:key=Fluxwright-Source,valueonly)', 'main')).toMatch(
      /^[0-9a-f]{40}$/,
    );
    const again = workspace.nx(['run', 'clusters:publish'], credentials);
    expect(again.code).toBe(0);
    expect(again.stdout + again.stderr).toContain('0 published, 3 unchanged, 0 failed');
    expect(git('fleet', 'rev-list', '--count', 'main')).toBe('2');
  });

  it('publishes the others where one cluster has an error, and says so', () => {
    workspace.write(
      'clusters/alpha/cluster.yaml',
      `${cluster('alpha', '  components: [nope]\n')['clusters/alpha/cluster.yaml']}`,
    );
    workspace.write('components/other/values.yaml', 'greeting: Changed\n');
    const run = workspace.nx(['run', 'clusters:publish'], credentials);
    expect(run.code).toBe(1);
    expect(run.stdout + run.stderr).toContain('resolve/unknown-component');
    expect(git('beta', 'grep', '-h', 'greeting', 'main')).toContain('greeting: Changed');
    workspace.write('clusters/alpha/cluster.yaml', sampleFiles['clusters/alpha/cluster.yaml'] ?? '');
  });

  it('publishes what has to be held first where a change would lose data, and not the change', () => {
    const folder = 'components/other/install/namespace.yaml';
    workspace.write(folder, 'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: extra\n');
    expect(workspace.nx(['run', 'cluster-beta:publish'], credentials).code).toBe(0);
    workspace.remove(folder);
    // Otherwise the build is one of before, and Nx restores its tree without asking.
    workspace.write('components/other/values.yaml', 'greeting: Held\n');
    const refused = workspace.nx(['run', 'cluster-beta:publish', '--migrate'], credentials);
    expect(refused.stdout + refused.stderr).toContain('change/data-loss');
    expect(refused.code).toBe(1);
    const held = workspace.nx(['run', 'cluster-beta:publish', '--migrate', '--excludeTaskDependencies'], credentials);
    expect(held.code, held.stdout + held.stderr).toBe(0);
    const tree = git('beta', 'show', 'main:clusters/beta/components/other/install/namespace-extra.yaml');
    expect(tree).toContain('kustomize.toolkit.fluxcd.io/prune: disabled');
    workspace.remove('generated/beta');
  });

  it('tells who may not', () => {
    workspace.write('components/other/values.yaml', 'greeting: Again\n');
    const run = workspace.nx(['run', 'cluster-beta:publish'], { FLUXWRIGHT_GIT_TOKEN: 'wrong' });
    expect(run.code).toBe(1);
    expect(run.stdout + run.stderr).toContain('publish/unauthorized');
  });
});

interface Step {
  readonly name?: string;
  readonly if?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
}

describe('the recipe for Gitea Actions', () => {
  const recipe = parse(readFileSync(join(import.meta.dirname, '../../../docs/ci-recipes/gitea-actions.yaml'), 'utf8'));
  const steps: readonly Step[] = recipe.jobs.clusters.steps;

  /** Runs the steps that an event reaches, as the runner does: one shell each, with the step's environment. */
  function play(github: Readonly<Record<string, string>>): Readonly<Record<string, Run>> {
    const values: Readonly<Record<string, string>> = {
      'secrets.FLUXWRIGHT_GIT_TOKEN': user.token,
      'vars.FLUXWRIGHT_GIT_HOST': new URL(server.url).host,
    };
    const played: Record<string, Run> = {};
    for (const step of steps) {
      // The workspace of this test is installed already.
      if (step.run === undefined || step.name === 'Install' || !holds(step.if, github)) continue;
      const env = Object.entries(step.env ?? {}).map(([key, value]) => [
        key,
        value.replace(/\$\{\{ (\S+) \}\}/, (_, name) => values[name] ?? ''),
      ]);
      const run = workspace.command('bash', ['-e', '-o', 'pipefail', '-c', step.run], {
        ...Object.fromEntries(env),
        CI: 'true',
        GITHUB_STEP_SUMMARY: join(workspace.root, summary),
      });
      expect(run.code, `${step.name}: ${run.stdout}${run.stderr}`).toBe(0);
      played[step.name ?? step.run] = run;
    }
    return played;
  }

  /** The conditions the recipe uses: `github.x == 'y'`, joined by `&&`. */
  function holds(condition: string | undefined, github: Readonly<Record<string, string>>): boolean {
    return (condition ?? '').split(' && ').every((part) => {
      if (part === '') return true;
      const [, name = '', value] = /^github\.(\w+) == '([^']*)'$/.exec(part) ?? [];
      expect(value).toBeDefined();
      return github[name] === value;
    });
  }

  it('shows the plan on a pull request, and publishes from main only', () => {
    workspace.write('components/other/values.yaml', 'greeting: From the recipe\n');
    workspace.commit();
    const before = git('beta', 'rev-parse', 'main');
    const asked = play({ event_name: 'pull_request', ref: 'refs/pull/1/head' });
    expect(Object.keys(asked)).toEqual(['Build', 'Diff']);
    expect(workspace.read(summary)).toContain('~ data.greeting: "Changed" → "From the recipe"');
    expect(git('beta', 'rev-parse', 'main')).toBe(before);
    expect(Object.keys(play({ event_name: 'push', ref: 'refs/heads/topic' }))).toEqual(['Build']);
    const published = play({ event_name: 'push', ref: 'refs/heads/main' });
    expect(Object.keys(published)).toEqual(['Build', 'Publish']);
    expect(git('beta', 'grep', '-h', 'greeting', 'main')).toContain('greeting: From the recipe');
    expect(git('beta', 'rev-parse', 'main~1')).toBe(before);
    expect(git('beta', 'log', '-1', '--format=%(trailers:key=Fluxwright-Source,valueonly)', 'main')).toMatch(
      /^[0-9a-f]{40}$/,
    );
  });

  it('leaves publishing to the run of a newer commit, where the server does not queue runs', () => {
    const git = (...args: readonly string[]) => workspace.command('git', args);
    expect(git('init', '--bare', '--initial-branch=main', '.nx/origin.git').code).toBe(0);
    git('remote', 'add', 'origin', '.nx/origin.git');
    git('commit', '--allow-empty', '-m', 'newer');
    expect(git('push', 'origin', 'HEAD:refs/heads/main').code).toBe(0);
    git('reset', '--hard', 'HEAD~1');
    const { Publish: publish } = play({ event_name: 'push', ref: 'refs/heads/main' });
    expect(publish?.stdout).toContain('main has moved on');
    expect(publish?.stdout).not.toContain('unchanged');
    git('remote', 'remove', 'origin');
  });
});
