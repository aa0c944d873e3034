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
    expect(run('cluster-beta:simulate', '--from=HEAD').code).toBe(0);
  });

  it('what a change loses since a revision, and that git has none of that name', () => {
    expect(run('cluster-beta:changes', '--from=HEAD').code).toBe(0);
    const unknown = run('cluster-beta:changes', '--from=nowhere');
    expect(unknown.output).toContain('error: git has no generated/beta at the revision nowhere');
    expect(unknown.output).not.toMatch(/^ {4}at /m);
    expect(unknown.code).toBe(1);
  });
});
