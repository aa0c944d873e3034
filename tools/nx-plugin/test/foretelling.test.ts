import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cluster, sampleFiles } from './sample-files.ts';
import { makeTempWorkspace, type TempWorkspace } from './temp-workspace.ts';

let workspace: TempWorkspace;
beforeAll(() => {
  workspace = makeTempWorkspace({
    ...sampleFiles,
    ...cluster('beta', '  components: [other]\n  nodes: {pools: [{name: small, count: 2, cpu: 1, memory: 1Gi}]}\n'),
  });
  expect(workspace.nx(['run', 'clusters:build']).code).toBe(0);
  workspace.commit();
});
afterAll(() => workspace.close());

function run(...args: readonly string[]): { readonly code: number; readonly output: string } {
  const { code, stdout, stderr } = workspace.nx(['run', ...args]);
  return { code, output: stdout + stderr };
}

describe('a cluster foretells', () => {
  it('what it asks of its nodes', () => {
    const { code, output } = run('cluster-beta:capacity', '--format=json');
    expect(output).toContain('"cluster": "beta"');
    expect(code).toBe(0);
  });

  it('how Flux applies it, from nothing and from a revision', () => {
    const cold = run('cluster-beta:simulate');
    expect(cold.output).toMatch(/other/);
    expect(cold.code).toBe(0);
    expect(run('cluster-beta:simulate', '--from=HEAD', '--charts=charts').code).toBe(0);
  });

  it('what a change loses since a revision, and that git has none of that name', () => {
    expect(run('cluster-beta:changes', '--from=HEAD', '--charts=components').code).toBe(0);
    const missing = run('cluster-beta:changes', '--charts=nowhere');
    expect(missing.output).toContain(`error: --charts: there is no folder ${workspace.root}/nowhere`);
    expect(missing.code).toBe(1);
    const unknown = run('cluster-beta:changes', '--from=nowhere');
    expect(unknown.output).toContain('error: git has no generated/beta at the revision nowhere');
    expect(unknown.output).not.toMatch(/^ {4}at /m);
    expect(unknown.code).toBe(1);
  });
});

describe('the tree of a cluster is linted', () => {
  it('for the Flux of the cluster and for another, once a tree and version', () => {
    const { code, output } = run('cluster-beta:lint');
    expect(output).toMatch(/generated\/beta: \d+ objects for Flux 2\.9\n/);
    expect(code).toBe(0);
    expect(run('cluster-beta:lint').output).toMatch(/nx run cluster-beta:lint {2}\[[^\]]*cache/);
    expect(run('clusters:lint', '--flux=v2.7', '--outputStyle=static').output).toMatch(
      /generated\/beta: \d+ objects for Flux v2\.7\n/,
    );
  });

  it('and Nx reads a bare version as a number', () => {
    const { code, output } = run('cluster-beta:lint', '--flux=2.10');
    expect(output).toContain('error: --flux=2.1 is no version of Flux 2: write it with a v, as in --flux=v2.10');
    expect(code).toBe(1);
  });

  it('as it lies there, at lines of its files', () => {
    const file = 'generated/beta/components/other/install/kustomization.yaml';
    const whole = workspace.read(file);
    workspace.write(file, 'metadata: {name: [}\n');
    const { code, output } = run('cluster-beta:lint', '--excludeTaskDependencies');
    expect(output).toMatch(new RegExp(`error\\[lint/invalid-yaml\\][^\\n]*\\n {2}${file}:1:\\d+\\n`));
    expect(code).toBe(1);
    workspace.write(file, whole);
  });
});
