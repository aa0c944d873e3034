import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { component, sampleFiles } from './sample-files.ts';
import { makeTempWorkspace, type Run, type TempWorkspace } from './temp-workspace.ts';

function testCase(name: string, greeting: string): Record<string, string> {
  return {
    [`components/${name}/tests/greets.yaml`]: `apiVersion: fluxwright.dev/v1
kind: ComponentTest
metadata: {name: greets}
spec:
  description: It greets.
  expect:
    objects:
      - kind: ConfigMap
        name: ${name}
        matches: {data.greeting: ${greeting}}
`,
  };
}

let workspace: TempWorkspace;
beforeAll(() => {
  workspace = makeTempWorkspace({
    ...sampleFiles,
    ...component('app', '  requires: {capabilities: [greeting]}\n'),
    ...testCase('app', 'Hello'),
    ...testCase('base', 'Hello'),
    ...testCase('other', 'Bye'),
  });
});
afterAll(() => workspace.close());

function runTests(...args: readonly string[]): Run & { readonly output: string } {
  const run = workspace.nx(['run-many', '-t', 'test', '-p', 'tag:kind:component', '--output-style=static', ...args]);
  return { ...run, output: run.stdout + run.stderr };
}

function report(name: string): unknown {
  return JSON.parse(workspace.read(`reports/component-${name}.json`));
}

describe('nx run-many -t test', () => {
  it('runs the cases of every component, and fails the ones that do not hold', () => {
    const { code, output } = runTests();
    expect(code, output).not.toBe(0);
    expect(output).toContain('component-app: 3 of 3 tests passed');
    expect(output).toContain('failed: greets: It greets.');
    expect(output).toContain('error[test/unexpected-value]: ConfigMap/other has "Hello" at data.greeting');
    expect(output).toContain('components/other/tests/greets.yaml:10:34');
    expect(report('app')).toMatchObject({ numTotalTests: 3, numFailedTests: 0, success: true });
    expect(report('other')).toMatchObject({ numTotalTests: 3, numFailedTests: 1, success: false });
  });

  it('takes what holds from the cache, until a component changes that it may depend on', () => {
    for (const [file, text] of Object.entries(testCase('other', 'Hello'))) workspace.write(file, text);
    expect(runTests().code).toBe(0);
    const again = runTests();
    expect(again.output).toMatch(
      /3 out of 3 tasks|all outputs? (were )?read from cache|existing outputs match the cache/i,
    );
    workspace.write(
      'components/base/component.yaml',
      workspace.read('components/base/component.yaml').replace(/ {2}provides.*\n/, ''),
    );
    const changed = runTests();
    expect(changed.code).not.toBe(0);
    expect(changed.output).toContain('resolve/unknown-capability');
  });
});
