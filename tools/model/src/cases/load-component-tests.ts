import { diagnostic, maskDiagnostic, type Staged } from '@fluxwright/diagnostics';
import { listFiles, type ReadLog, readText } from '@fluxwright/documents';
import { keepValues } from '../load/keep-workspace-secrets.ts';
import type { Component, Workspace } from '../load/workspace.ts';
import { type ComponentTest, readComponentTest } from './component-test.ts';

export interface LoadedTests {
  /** Cases that can be run, by file name. */
  readonly tests: readonly ComponentTest[];
  /** Text of every file that was read, by its path from the root. */
  readonly sources: ReadonlyMap<string, string>;
}

/**
 * Reads the cases of a component: tests/*.yaml, each named after its file. What cannot be used is left out and reported.
 * No part of loadWorkspace: no cluster depends on them.
 */
export function loadComponentTests(workspace: Workspace, component: Component): Staged<LoadedTests> {
  const { root } = workspace;
  const { folder } = component;
  const log: ReadLog = { root, sources: new Map(), diagnostics: [] };
  const files = listFiles(log, `${folder}/tests`);
  const tests = files.flatMap((name) => {
    const file = `${folder}/tests/${name}`;
    if (!/^[^/]+\.yaml$/.test(name)) return strayFile(log, file);
    const text = readText(log, file, folder);
    const read = text === undefined ? undefined : readComponentTest(file, text);
    log.diagnostics.push(...(read?.diagnostics ?? []));
    if (read?.value === undefined) return [];
    if (`${read.value.name}.yaml` === name) return [read.value];
    log.diagnostics.push(
      diagnostic('load/name-mismatch', {
        message: `test case "${read.value.name}" lies in a file of another name`,
        primary: read.value.document.locate(['metadata', 'name']),
        note: `the file is ${name}`,
        help: `name it "${name.slice(0, -'.yaml'.length)}", or the file ${read.value.name}.yaml`,
      }),
    );
    return [];
  });
  const values = tests.flatMap(({ document, spec }) => [
    { document, path: ['spec', 'values'], component },
    ...(spec.also ?? []).map(({ name }, index) => ({
      document,
      path: ['spec', 'also', index, 'values'],
      component: workspace.components.get(name),
    })),
  ]);
  keepValues(`${root}/${folder}/tests`, values);
  return { value: { tests, sources: log.sources }, diagnostics: log.diagnostics.map(maskDiagnostic) };
}

function strayFile(log: ReadLog, file: string): readonly ComponentTest[] {
  log.diagnostics.push(
    diagnostic('load/unused-file', {
      message: `nothing reads ${file}`,
      primary: { file },
      note: 'not a test case',
      help: 'cases lie directly in tests/, each in a file <name>.yaml',
    }),
  );
  return [];
}
