import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { patchFlag } from '../build/patch-modules.ts';

const hasGo = spawnSync('go', ['version']).status === 0;
const module = 'sigs.k8s.io/yaml';
const file = 'yaml.go';
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'patched-'));
  writeFileSync(join(folder, 'go.mod'), 'module example.com/m\n\ngo 1.26\n\nrequire sigs.k8s.io/yaml v1.6.0\n');
  const sums = join(import.meta.dirname, '../../kubeconform-wasm/go/go.sum');
  writeFileSync(join(folder, 'go.sum'), readFileSync(sums));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe.skipIf(!hasGo)('modules of a guest, patched (skipped without Go)', () => {
  test('a patched module takes the place of the published one', async () => {
    const patch = { module, edits: [{ file, from: 'package yaml\n', to: 'package yaml // patched\n' }] };
    const [flag = ''] = await patchFlag(folder, [patch]);
    const modfile = join(folder, flag.replace('-modfile=', ''));
    const replaced = /^replace sigs.k8s.io\/yaml => (.*)$/m.exec(readFileSync(modfile, 'utf8'))?.[1] ?? '';
    expect(readFileSync(join(folder, replaced, 'yaml.go'), 'utf8')).toContain('package yaml // patched');
    expect(await patchFlag(folder, [patch])).toEqual([flag]);
  });

  test('a module that is not what the patch was written for is refused', async () => {
    const patch = { module, edits: [{ file, from: 'package other\n', to: '' }] };
    await expect(patchFlag(folder, [patch])).rejects.toThrow(
      'sigs.k8s.io/yaml yaml.go has 0 times what the patch replaces',
    );
  });

  test('without patches the modules are used as they are', async () => {
    expect(await patchFlag(folder)).toEqual([]);
  });
});
