import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { packageName, readImportOrder } from '../../src/imports/import-order.ts';

const root = join(import.meta.dirname, '../../../..');
const folder = mkdtempSync(join(tmpdir(), 'fluxwright-boundaries-'));
for (const file of ['biome.json', 'biome.imports.json', '.gitignore'])
  copyFileSync(join(root, file), join(folder, file));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** True where the workspace's lint rules refuse the import in that file. */
function refuses(file: string, specifier: string): boolean {
  const path = join(folder, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `import { it } from '${specifier}';\n\nit();\n`);
  try {
    execFileSync(join(root, 'node_modules/.bin/biome'), ['lint', '--only=style/noRestrictedImports', file], {
      cwd: folder,
      stdio: 'pipe',
    });
    return false;
  } catch (error) {
    const { stdout, stderr } = error as { stdout: Buffer; stderr: Buffer };
    expect(`${stdout}${stderr}`).toContain('noRestrictedImports');
    return true;
  } finally {
    rmSync(path);
  }
}

const { packages } = readImportOrder();
const folders = [...Object.keys(packages), 'testing'];

describe('imports between the packages of tools/ point down only', () => {
  it.each(Object.entries(packages))('%s may import %j', (from, targets) => {
    const others = folders.filter((name) => name !== from);
    const accepted = others.filter((name) => !refuses(`tools/${from}/src/probe.ts`, packageName(name)));
    expect(accepted.toSorted()).toEqual([...targets].sort());
  });

  it('refuses a relative path into another package', () => {
    expect(refuses('tools/model/src/load/probe.ts', '../../../compiler/src/commands/compile.ts')).toBe(true);
    expect(refuses('tools/model/src/load/probe.ts', './workspace.ts')).toBe(false);
  });

  it('refuses a folder that stands above', () => {
    expect(refuses('tools/model/src/load/probe.ts', '../resolve/resolved-cluster.ts')).toBe(true);
    expect(refuses('tools/model/src/resolve/probe.ts', '../load/workspace.ts')).toBe(false);
  });
});
