import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../../..');
const folder = mkdtempSync(join(tmpdir(), 'fluxwright-boundaries-'));
for (const file of ['biome.json', '.gitignore']) copyFileSync(join(root, file), join(folder, file));
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

const names = {
  diagnostics: '@fluxwright/diagnostics',
  documents: '@fluxwright/documents',
  kubernetes: '@fluxwright/kubernetes',
  model: '@fluxwright/model',
  charts: '@fluxwright/charts',
  compiler: '@fluxwright/compiler',
  'component-test': '@fluxwright/component-test',
  publisher: '@fluxwright/publisher',
  'wasm-host': '@fluxwright/wasm-host',
  'kubernetes-schemas': '@fluxwright/kubernetes-schemas',
  'kubeconform-wasm': 'kubeconform-wasm',
  'flux-render-wasm': 'flux-render-wasm',
  'nx-plugin': '@fluxwright/nx-plugin',
  cli: '@fluxwright/cli',
  testing: '@fluxwright/testing',
} as const;
type Name = keyof typeof names;

const allowed: readonly (readonly [Name, readonly Name[]])[] = [
  ['diagnostics', []],
  ['wasm-host', []],
  ['kubernetes-schemas', []],
  ['documents', ['diagnostics']],
  ['kubernetes', ['documents', 'kubernetes-schemas']],
  ['model', ['diagnostics', 'documents']],
  ['charts', ['diagnostics', 'documents', 'model']],
  ['kubeconform-wasm', ['diagnostics', 'wasm-host']],
  ['flux-render-wasm', ['diagnostics', 'wasm-host']],
  [
    'compiler',
    [
      'diagnostics',
      'documents',
      'kubernetes',
      'model',
      'wasm-host',
      'kubernetes-schemas',
      'kubeconform-wasm',
      'flux-render-wasm',
    ],
  ],
  ['component-test', ['diagnostics', 'documents', 'model', 'kubernetes-schemas', 'compiler']],
  ['publisher', ['diagnostics', 'documents', 'kubernetes', 'model', 'compiler']],
  ['nx-plugin', ['diagnostics', 'documents', 'model', 'charts', 'compiler', 'component-test', 'publisher']],
  ['cli', ['diagnostics', 'documents', 'model', 'charts', 'compiler', 'component-test', 'publisher']],
];

describe('imports between the packages of tools/ point down only', () => {
  it.each(allowed)('%s may import %j', (from, targets) => {
    const others = (Object.keys(names) as Name[]).filter((name) => name !== from);
    const accepted = others.filter((name) => !refuses(`tools/${from}/src/probe.ts`, names[name]));
    expect(accepted.toSorted()).toEqual([...targets].sort());
  });

  it('refuses a relative path into another package', () => {
    expect(refuses('tools/model/src/load/probe.ts', '../../../compiler/src/commands/compile.ts')).toBe(true);
    expect(refuses('tools/model/src/load/probe.ts', '../workspace.ts')).toBe(false);
  });
});
