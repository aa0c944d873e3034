import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { registry } from '@fluxwright/diagnostics';
import { checkComponent, loadWorkspace, resolveCluster } from '@fluxwright/model';
import { describe, expect, it } from 'vitest';
import { checkCharts } from '../../src/diagnostics/check-charts.ts';
import { checkPublish } from '../../src/diagnostics/check-publish.ts';
import {
  type CheckResult,
  type CheckWorkspace,
  diagnosticCases,
  runDiagnosticCase,
} from '../../src/diagnostics/diagnostic-case.ts';

const docs = path.join(import.meta.dirname, '../../../../docs');
const cases = diagnosticCases();
const codes = Object.keys(registry);

/** Findings of load and resolve: what stands before the first engine. */
function checkModel(root: string): CheckResult {
  const { value, diagnostics } = loadWorkspace(root);
  const components = [...value.components.values()].flatMap(checkComponent);
  const clusters = [...value.clusters].flatMap(([name]) => resolveCluster(value, name).diagnostics);
  return { diagnostics: [...diagnostics, ...components, ...clusters], sources: value.sources };
}

/** Findings of one `explain`; the case's input/explain.json is what it is asked. */
const checkExplain: CheckWorkspace = async (root) => {
  const { explain } = await import('@fluxwright/compiler');
  return explain({ root, ...JSON.parse(readFileSync(path.join(root, 'explain.json'), 'utf8')) });
};

/** Findings of the test cases of a component. */
const checkTests: CheckWorkspace = async (root) => {
  const { testComponents } = await import('@fluxwright/component-test');
  const { results, diagnostics, sources } = await testComponents({ root, components: ['kiosk'] });
  const failures = results.flatMap(({ outcomes }) => outcomes.flatMap((each) => each.failures));
  return { diagnostics: [...diagnostics, ...failures], sources };
};

/** Findings of the step from the case's generated/one to what its sources make. */
const checkChange: CheckWorkspace = async (root) => {
  const { changes } = await import('@fluxwright/compiler');
  return changes({ root, cluster: 'one' });
};

/** Findings of one `lint`; the case's input/lint.json says of which folder, for which Flux. Without it the workspace is compiled. */
const checkLint: CheckWorkspace = async (root) => {
  const { compile, lintFolder } = await import('@fluxwright/compiler');
  if (!existsSync(path.join(root, 'lint.json'))) return compile({ root });
  const { folder, flux } = JSON.parse(readFileSync(path.join(root, 'lint.json'), 'utf8'));
  return lintFolder({ folder: path.join(root, folder), flux });
};

const checks: Readonly<Record<string, CheckWorkspace>> = {
  load: checkModel,
  resolve: checkModel,
  test: checkTests,
  cli: checkExplain,
  lint: checkLint,
  charts: checkCharts,
  publish: checkPublish,
  change: checkChange,
};
const checkAll: CheckWorkspace = async (root) => (await import('@fluxwright/compiler')).compile({ root });

describe('every code', () => {
  it.each(codes)('%s has a case', (code) => expect(cases.map((each) => each.code)).toContain(code));

  it.each(codes)('%s has a page that says what it means, what is printed and how to mend it', (code) => {
    const page = path.join(docs, 'errors', `${code}.md`);
    expect(existsSync(page)).toBe(true);
    const text = readFileSync(page, 'utf8');
    expect(text.startsWith(`# ${code}\n`)).toBe(true);
    expect(text).toContain('## How to mend it');
    const shown = [...text.matchAll(/^```\w*\n((?:error|warning|hint)[\s\S]+?)\n```$/gm)].map(([, example]) => example);
    const folders = cases.filter((each) => each.code === code).map(({ folder }) => folder);
    const messages = () => folders.map((folder) => readFileSync(path.join(folder, 'message.txt'), 'utf8')).join('\n');
    expect(shown).not.toEqual([]);
    for (const example of shown) expect(messages()).toContain(example);
  });

  it('is in the registry, if it has a page', () => {
    const pages = readdirSync(path.join(docs, 'errors'), { recursive: true, encoding: 'utf8' });
    const named = pages.filter((page) => page.includes('/')).map((page) => page.replace(/\.md$/, ''));
    expect(named.filter((code) => !codes.includes(code))).toEqual([]);
  });
});

it('finds nothing in the workspace that the cases lie over', async () => {
  const { diagnostics } = await runDiagnosticCase({ name: '', code: '', folder: '/nowhere' }, checkModel);
  expect(diagnostics).toEqual([]);
});

describe('a bad input gets its message', () => {
  it.each(cases.map((each) => [each.name, each] as const))('%s', async (_, each) => {
    const { text, diagnostics } = await runDiagnosticCase(each, checks[each.code.split('/')[0] ?? ''] ?? checkAll);
    expect(diagnostics.map(({ code }) => code)).toContain(each.code);
    const helpless = diagnostics.filter(({ severity, help }) => severity === 'error' && help === undefined);
    expect(helpless.map(({ code, message }) => `${code}: ${message}`)).toEqual([]);
    await expect(text).toMatchFileSnapshot(path.join(each.folder, 'message.txt'));
  });
});
