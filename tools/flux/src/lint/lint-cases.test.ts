import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { registry } from '@fluxwright/diagnostics';
import { casesBelow, type DiagnosticCase, layOutCase, runCase } from '@fluxwright/diagnostics/cases';
import { testCases } from '@fluxwright/diagnostics/test-cases';
import { describe, expect, test } from 'vitest';
import { type LintResult, lintFolder } from './lint-folder.ts';
import { lintRules } from './lint-rules.ts';

const folder = join(import.meta.dirname, 'rules');
const cases = casesBelow(folder, 'lint');
const named = cases.map((each) => [each.name, each] as const);

/** Lints a folder of a case that is laid out, for the Flux that its lint.json says. */
function lintOf(root: string, name: 'tree' | 'good'): Promise<LintResult> {
  const settings = join(root, 'lint.json');
  const { flux } = existsSync(settings) ? JSON.parse(readFileSync(settings, 'utf8')) : { flux: '2.9' };
  return lintFolder({ folder: join(root, name), flux });
}

describe('every rule', () => {
  const files = readdirSync(folder).filter((file) => file.endsWith('.ts'));

  test('is a file of its name, and listed', () => {
    expect(files.map((file) => `lint/${file.replace('.ts', '')}`).sort()).toEqual(
      lintRules.map(({ code }) => code).sort(),
    );
  });

  test.each(Object.keys(registry).filter((code) => code.startsWith('lint/')))('%s has a case beside it', (code) => {
    expect(cases.map((each) => each.name)).toContain(code);
  });
});

testCases(cases, { checkOf: () => (root) => lintOf(root, 'tree') });

test.each(named)('%s finds nothing in a tree that keeps it', async (_, each) => {
  const { diagnostics, objects } = await laidOut(each, (root) => lintOf(root, 'good'));
  expect(objects).toBeGreaterThan(0);
  expect(diagnostics.filter(({ code }) => code === each.code)).toEqual([]);
});

const trees = casesBelow(join(import.meta.dirname, 'trees'), 'tree').map((each) => [each.name, each] as const);

test.each(trees)('%s: what all rules find in it', async (_, each) => {
  expect(await laidOut(each, async (root) => (await lintOf(root, 'tree')).objects)).toBeGreaterThan(0);
  const { archive } = await runCase(each, { check: (root) => lintOf(root, 'tree') });
  await expect(archive).toMatchFileSnapshot(each.file);
});

async function laidOut<Found>(each: DiagnosticCase, look: (root: string) => Promise<Found>): Promise<Found> {
  const root = mkdtempSync(join(tmpdir(), 'fluxwright-lint-'));
  try {
    layOutCase(each, root);
    return await look(root);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}
