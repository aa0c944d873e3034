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

  it('does not run again what holds, until a component changes that it may depend on, or what runs them', () => {
    for (const [file, text] of Object.entries(testCase('other', 'Hello'))) workspace.write(file, text);
    expect(runTests().code).toBe(0);
    workspace.remove('reports');
    const again = runTests();
    expect(again.code).toBe(0);
    for (const name of ['app', 'base', 'other'])
      expect(again.output).toContain(`component-${name}: 3 of 3 tests passed, nothing changed\n`);
    expect(report('other')).toMatchObject({ numTotalTests: 3, numFailedTests: 0, success: true });
    workspace.write('components/other/values.yaml', 'greeting: Hello\n# the same\n');
    const narrow = runTests();
    expect(narrow.output).toContain('component-app: 3 of 3 tests passed, nothing changed\n');
    expect(narrow.output).toContain('component-other: 3 of 3 tests passed\n');
    workspace.write(
      'tools/component-test/src/run-case.ts',
      `${workspace.read('tools/component-test/src/run-case.ts')}// The same, written anew.\n`,
    );
    const edited = runTests();
    for (const name of ['app', 'base', 'other'])
      expect(edited.output).toContain(`component-${name}: 3 of 3 tests passed\n`);
    workspace.write(
      'components/base/component.yaml',
      workspace.read('components/base/component.yaml').replace(/ {2}provides.*\n/, ''),
    );
    const changed = runTests();
    expect(changed.code).not.toBe(0);
    expect(changed.output).toContain('resolve/unknown-capability');
  });
});
