import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sampleFiles } from './sample-files.ts';
import { makeTempWorkspace, type TempWorkspace } from './temp-workspace.ts';

let workspace: TempWorkspace;
beforeEach(() => {
  workspace = makeTempWorkspace(sampleFiles);
});
afterEach(() => workspace.close());

function run(...args: readonly string[]): { readonly code: number; readonly output: string } {
  const { code, stdout, stderr } = workspace.nx(args);
  return { code, output: stdout + stderr };
}

/** A value of another type than the schema says, in the product that only alpha has. */
function wrongValue(): void {
  workspace.write(
    'products/extra/product.yaml',
    workspace.read('products/extra/product.yaml').replace('From extra', '5'),
  );
}

describe('nx run clusters:build with bad input', () => {
  it('prints our findings, no stack, and builds the other clusters', () => {
    workspace.write('clusters/beta/cluster.yaml', 'apiVersion: fluxwright.dev/v1\nkind: [Cluster\n');
    const { code, output } = run('run', 'clusters:build');
    expect(code).toBe(1);
    expect(output).toContain('error[load/yaml-syntax]');
    expect(output).toContain('clusters/beta/cluster.yaml:');
    expect(output).not.toMatch(/^ {4}at /m);
    expect(output).toContain('> nx run cluster-beta:build\n\nerror[');
    expect(workspace.read('generated/alpha/.fluxwright.json')).not.toBe('');
    expect(() => workspace.read('generated/beta/.fluxwright.json')).toThrow();
  });

  it('tells each cluster its own findings', () => {
    wrongValue();
    const { code, output } = run('run', 'clusters:build');
    expect(code).toBe(1);
    expect(output).toContain('> nx run cluster-alpha:build\n\nerror[resolve/invalid-value]');
    expect(output).toMatch(/✔ {1,2}nx run cluster-beta:build/);
    expect(run('run', 'cluster-beta:build').code).toBe(0);
  });

  it('says how to make the first cluster', () => {
    for (const name of ['alpha', 'beta', 'gamma']) workspace.remove(`clusters/${name}`);
    const { code, output } = run('run', 'clusters:build');
    expect(code).toBe(1);
    expect(output).toContain('load/no-clusters');
    expect(output).toContain('npx nx g');
  });
});

describe('the other targets of a cluster', () => {
  it('validate writes nothing', () => {
    expect(run('run', 'clusters:validate').code).toBe(0);
    expect(() => workspace.read('generated/alpha/.fluxwright.json')).toThrow();
  });

  it('findings as JSON', () => {
    wrongValue();
    const { code, stdout } = workspace.nx(['run', 'cluster-alpha:validate', '--format=json', '--batch=false']);
    expect(code).toBe(1);
    expect(stdout).toContain('"code": "resolve/invalid-value"');
  });

  it('explain takes object and path', () => {
    workspace.nx(['run', 'cluster-alpha:build']);
    const { code, output } = run('run', 'cluster-alpha:explain', 'ConfigMap/app', 'data.greeting');
    expect(output).toContain('products/extra/product.yaml:');
    expect(code).toBe(0);
  });
});
