import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { registry } from '@fluxwright/diagnostics';
import { type CheckCase, messageOf } from '@fluxwright/diagnostics/cases';
import { testCases } from '@fluxwright/diagnostics/test-cases';
import { checkComponent, loadWorkspace, resolveCluster } from '@fluxwright/model';
import { describe, expect, it } from 'vitest';
import { compilerChecks } from '../../../compiler/test/compiler-checks.ts';
import { checkCharts } from '../../src/diagnostics/check-charts.ts';
import { checkPublish } from '../../src/diagnostics/check-publish.ts';
import { checkRecovery } from '../../src/diagnostics/check-recovery.ts';
import { diagnosticCases, goodWorkspace } from '../../src/diagnostics/diagnostic-cases.ts';

const docs = path.join(import.meta.dirname, '../../../../docs');
const cases = diagnosticCases();
const codes = Object.keys(registry);

/** Findings of load and resolve: what stands before the first engine. */
const checkModel = ((root) => {
  const { value, diagnostics } = loadWorkspace(root);
  const components = [...value.components.values()].flatMap(checkComponent);
  const clusters = [...value.clusters].flatMap(([name]) => resolveCluster(value, name).diagnostics);
  return { diagnostics: [...diagnostics, ...components, ...clusters], sources: value.sources };
}) satisfies CheckCase;

/** Findings of the test cases of a component. */
const checkTests: CheckCase = async (root) => {
  const { testComponents } = await import('@fluxwright/component-test');
  const { results, diagnostics, sources } = await testComponents({ root, components: ['kiosk'] });
  const failures = results.flatMap(({ outcomes }) => outcomes.flatMap((each) => each.failures));
  return { diagnostics: [...diagnostics, ...failures], sources };
};

/** The stages whose cases run here; those of the compiler run with its tests. */
const checks: Readonly<Record<string, CheckCase>> = {
  load: checkModel,
  resolve: checkModel,
  test: checkTests,
  charts: checkCharts,
  publish: checkPublish,
  dr: checkRecovery,
};

it('each stage has its cases run, here or with the compiler', () => {
  const stages = new Set(codes.map(stageOf));
  expect([...Object.keys(checks), ...Object.keys(compilerChecks)].sort()).toEqual([...stages].sort());
});

it('each file of the fixtures is a case of a code', () => {
  const root = path.join(goodWorkspace, '../diagnostics');
  const entries = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => !entry.isDirectory());
  const files = entries.map(({ parentPath, name }) => path.relative(root, path.join(parentPath, name)));
  expect(files.filter((file) => !codes.includes(file.replace(/\..*$/, '')) || !file.endsWith('.txtar'))).toEqual([]);
});

describe('every code', () => {
  it.each(codes)('%s has a case', (code) => expect(cases.map((each) => each.code)).toContain(code));

  it.each(codes)('%s has a page that says what it means, what is printed and how to mend it', (code) => {
    const page = path.join(docs, 'errors', `${code}.md`);
    expect(existsSync(page)).toBe(true);
    const text = readFileSync(page, 'utf8');
    expect(text.startsWith(`# ${code}\n`)).toBe(true);
    expect(text).toContain('## How to mend it');
    const shown = [...text.matchAll(/^```\w*\n((?:error|warning|hint)[\s\S]+?)\n```$/gm)].map(([, example]) => example);
    const messages = cases.filter((each) => each.code === code).map(messageOf);
    expect(shown).not.toEqual([]);
    for (const example of shown) expect(messages.join('\n')).toContain(example);
  });

  it('is in the registry, if it has a page', () => {
    const pages = readdirSync(path.join(docs, 'errors'), { recursive: true, encoding: 'utf8' });
    const named = pages.filter((page) => page.includes('/')).map((page) => page.replace(/\.md$/, ''));
    expect(named.filter((code) => !codes.includes(code))).toEqual([]);
  });
});

it('finds nothing in the workspace that the cases lie over', () => {
  expect(checkModel(goodWorkspace).diagnostics).toEqual([]);
});

testCases(
  cases.filter(({ code }) => stageOf(code) in checks),
  { over: goodWorkspace, checkOf: ({ code }) => checks[stageOf(code)] as CheckCase },
);

function stageOf(code: string): string {
  return code.split('/')[0] ?? '';
}
