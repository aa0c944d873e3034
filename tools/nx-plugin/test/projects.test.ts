import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sampleFiles } from './sample-files.ts';
import { makeTempWorkspace, type TempWorkspace } from './temp-workspace.ts';

let workspace: TempWorkspace;
beforeAll(() => {
  workspace = makeTempWorkspace(sampleFiles);
});
afterAll(() => workspace.close());

function projects(...args: readonly string[]): readonly string[] {
  const { stdout } = workspace.nx(['show', 'projects', '--json', ...args]);
  return (JSON.parse(stdout) as string[]).toSorted();
}

describe('the plugin finds projects', () => {
  it('of every kind, by tag', () => {
    expect(projects('--projects=tag:kind:component')).toEqual(['component-app', 'component-base', 'component-other']);
    expect(projects('--projects=tag:kind:product')).toEqual(['product-extra', 'product-platform']);
    expect(projects('--projects=tag:kind:cluster')).toEqual(['cluster-alpha', 'cluster-beta', 'cluster-gamma']);
    expect(projects('--projects=tag:kind:fleet')).toEqual(['clusters']);
  });

  it('of a folder whose manifest is not even YAML', () => {
    workspace.write('clusters/broken/cluster.yaml', 'peer: [\n\t}\n');
    expect(projects('--projects=tag:kind:cluster')).toContain('cluster-broken');
    workspace.remove('clusters/broken');
  });

  it('and their targets document themselves', () => {
    const { stdout } = workspace.nx(['show', 'project', 'cluster-alpha', '--json']);
    const { targets } = JSON.parse(stdout);
    expect(targets.build.outputs).toEqual(['{workspaceRoot}/generated/alpha']);
    expect(targets.build.cache).toBe(false);
    expect(targets.build.metadata.description).toBe('Compile alpha into generated/alpha');
    expect(targets.build.inputs).toContain('{workspaceRoot}/clusters/gamma/cluster.yaml');
    expect(Object.keys(targets)).toEqual([
      'build',
      'validate',
      'lint',
      'diff',
      'publish',
      'explain',
      'capacity',
      'simulate',
      'changes',
    ]);
    // Target defaults by name are for the linter of the sources, and must not reach this one.
    expect(targets.lint.inputs).toContainEqual({ dependentTasksOutputFiles: '**/*' });
    expect(targets.lint.executor).toBe('@fluxwright/nx-plugin:lint');
    for (const target of ['lint', 'capacity', 'simulate', 'changes']) {
      expect(targets[target].metadata.description).toContain('alpha');
      expect(targets[target].metadata.help.command).toBe(`npx nx run cluster-alpha:${target} --help`);
    }
  });

  it('and the fleet has the verbs for charts', () => {
    const { stdout } = workspace.nx(['show', 'project', 'clusters', '--json']);
    const { targets } = JSON.parse(stdout);
    const verbs = Object.keys(targets).filter((target) => target.startsWith('charts-'));
    expect(verbs).toEqual([
      'charts-pull',
      'charts-update',
      'charts-vendor',
      'charts-verify',
      'charts-list',
      'charts-facts',
    ]);
    expect(targets['charts-pull'].options.command).toBe('npx fluxwright charts pull');
  });
});
