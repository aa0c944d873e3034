import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const bin = join(import.meta.dirname, '../src/main.ts');
const fixtures = join(import.meta.dirname, '../../testing/fixtures/diagnostics/lint');

function lint(...args: string[]) {
  return spawnSync(process.execPath, [bin, 'lint', ...args], { encoding: 'utf8' });
}

test('a tree that others wrote is linted for a version of Flux', () => {
  const tree = join(fixtures, 'unknown-field/input/tree');
  const old = lint(tree, '--flux=2.8');
  expect(old.status).toBe(1);
  expect(old.stderr).toContain('error[lint/unknown-field]: Flux 2.8 does not know spec.ignore');
  expect(lint(tree)).toMatchObject({ status: 0, stderr: '', stdout: `${tree}: 1 objects for Flux 2.9\n` });
});

test('findings have a form for programs', () => {
  const { status, stdout } = lint(join(fixtures, 'no-retries/input/tree'), '--format', 'json');
  expect(status).toBe(0);
  expect(stdout).toContain('"lint/no-retries"');
});

test.each([
  [['/nowhere'], 'there is no such folder'],
  [[fixtures, '--flux=1.9'], 'versions of Flux 2 look like 2.8'],
])('%j is wrong usage', (args, said) => {
  const run = lint(...args);
  expect(run.status).toBe(2);
  expect(run.stderr).toContain(said);
});
