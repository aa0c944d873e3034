import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { casesBelow, layOutCase } from '@fluxwright/diagnostics/cases';
import { afterAll, expect, test } from 'vitest';

const bin = join(import.meta.dirname, '../bin/fluxwright.js');
const cases = casesBelow(join(import.meta.dirname, '../../flux/src/lint/rules'), 'lint');
const folder = mkdtempSync(join(tmpdir(), 'fluxwright-cli-lint-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The folder of a tree that breaks a rule. */
function treeOf(rule: string): string {
  const root = join(folder, rule);
  for (const each of cases.filter(({ name }) => name === `lint/${rule}`)) layOutCase(each, root);
  return join(root, 'tree');
}

function lint(...args: string[]) {
  return spawnSync(process.execPath, [bin, 'lint', ...args], { encoding: 'utf8' });
}

test('a tree that others wrote is linted for a version of Flux', () => {
  const tree = treeOf('unknown-field');
  const old = lint(tree, '--flux=2.8');
  expect(old.status).toBe(1);
  expect(old.stderr).toContain('error[lint/unknown-field]: Flux 2.8 does not know spec.ignore');
  expect(lint(tree)).toMatchObject({ status: 0, stderr: '', stdout: `${tree}: 1 objects for Flux 2.9\n` });
});

test('findings have a form for programs', () => {
  const { status, stdout } = lint(treeOf('no-retries'), '--format', 'json');
  expect(status).toBe(0);
  expect(stdout).toContain('"lint/no-retries"');
});

test.each([
  [['/nowhere'], 'there is no such folder'],
  [[folder, '--flux=1.9'], 'versions of Flux 2 look like 2.8'],
])('%j is wrong usage', (args, said) => {
  const run = lint(...args);
  expect(run.status).toBe(2);
  expect(run.stderr).toContain(said);
});
