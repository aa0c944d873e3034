import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packageName, readImportOrder } from '../../src/imports/import-order.ts';

const root = join(import.meta.dirname, '../../../..');
const folder = mkdtempSync(join(tmpdir(), 'fluxwright-boundaries-'));
for (const file of ['biome.json', 'biome.imports.json', '.gitignore'])
  copyFileSync(join(root, file), join(folder, file));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const { packages } = readImportOrder();
const folders = [...Object.keys(packages), 'testing'];
const relative = {
  'tools/model/src/load/probe-other.ts': '../../../compiler/src/commands/compile.ts',
  'tools/model/src/load/probe-beside.ts': './workspace.ts',
  'tools/model/src/load/probe-above.ts': '../resolve/resolved-cluster.ts',
  'tools/model/src/resolve/probe-below.ts': '../load/workspace.ts',
};

/** A file of the package `from` that imports the package `to`, and nothing else. */
function probe(from: string, to: string): string {
  return `tools/${from}/src/probe-${to}.ts`;
}

function othersOf(from: string): readonly string[] {
  return folders.filter((name) => name !== from);
}

let refused: ReadonlySet<string>;
// All in one run of the linter: its start costs more than what it looks at.
beforeAll(() => {
  const probes = Object.keys(packages).flatMap((from) =>
    othersOf(from).map((to): [string, string] => [probe(from, to), packageName(to)]),
  );
  refused = refusedImports([...probes, ...Object.entries(relative)]);
});

/** The files whose import the workspace's lint rules refuse. */
function refusedImports(imports: readonly (readonly [file: string, specifier: string])[]): ReadonlySet<string> {
  for (const [file, specifier] of imports) {
    const path = join(folder, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, `import { it } from '${specifier}';\n\nit();\n`);
  }
  const { stdout } = spawnSync(
    join(root, 'node_modules/.bin/biome'),
    ['lint', '--only=style/noRestrictedImports', '--max-diagnostics=none', '--reporter=gitlab', 'tools'],
    { cwd: folder, encoding: 'utf8' },
  );
  const found: readonly { check_name: string; location: { path: string } }[] = JSON.parse(stdout);
  expect([...new Set(found.map((each) => each.check_name))]).toEqual(['lint/style/noRestrictedImports']);
  return new Set(found.map(({ location }) => location.path));
}

describe('imports between the packages of tools/ point down only', () => {
  it.each(Object.entries(packages))('%s may import %j', (from, targets) => {
    const accepted = othersOf(from).filter((to) => !refused.has(probe(from, to)));
    expect(accepted.toSorted()).toEqual([...targets].sort());
  });

  it('refuses a relative path into another package', () => {
    expect(refused).toContain('tools/model/src/load/probe-other.ts');
    expect(refused).not.toContain('tools/model/src/load/probe-beside.ts');
  });

  it('refuses a folder that stands above', () => {
    expect(refused).toContain('tools/model/src/load/probe-above.ts');
    expect(refused).not.toContain('tools/model/src/resolve/probe-below.ts');
  });
});
