import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const folder = join(import.meta.dirname, '..');

it('runs the example in the README of the schema set', () => {
  const readme = readFileSync(join(folder, '../kubernetes-schemas/README.md'), 'utf8');
  const example = [...readme.matchAll(/^```js\n(.*?)^```$/gms)]
    .map(([, code]) => code as string)
    .find((code) => code.includes('kubeconform-wasm'));
  const args = ['--input-type=module', '--eval', example as string];
  const { FORCE_COLOR: _, ...env } = process.env;
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8', env });
  expect(stderr).toBe('');
  expect(stdout).toBe(/^\/\/ (.*\n)/m.exec(example as string)?.[1]);
});
