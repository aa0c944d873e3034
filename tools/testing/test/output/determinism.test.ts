import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readFolder } from '../../src/output/read-folder.ts';

const root = resolve(import.meta.dirname, '../../../..');
const scratch = mkdtempSync(join(tmpdir(), 'fluxwright-order-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

function build(workspace: string, output: string, environment: Record<string, string>): ReadonlyMap<string, string> {
  execFileSync(
    process.execPath,
    [join(root, 'tools/cli/bin/fluxwright.js'), '--root', workspace, 'build', '--output', output],
    {
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );
  return readFolder(output);
}

/** A copy whose folders were filled in the opposite order, so that a file system lists them differently. */
function reversedCopy(to: string): string {
  for (const part of ['package.json', 'nx.json']) cpSync(join(root, part), join(to, part));
  for (const folder of ['products', 'clusters', 'components']) {
    for (const name of readdirSync(join(root, folder)).sort().reverse()) {
      cpSync(join(root, folder, name), join(to, folder, name), { recursive: true });
    }
  }
  symlinkSync(join(root, 'node_modules'), join(to, 'node_modules'));
  return to;
}

test('another folder, file order, locale and time zone give the bytes that are committed', () => {
  // That a build here gives them is for CI to see.
  const here = readFolder(join(root, 'generated'));
  const moved = reversedCopy(join(scratch, 'some where else é'));
  const there = build(moved, join(scratch, 'built'), {
    LC_ALL: 'tr_TR.UTF-8',
    LANG: 'tr_TR.UTF-8',
    TZ: 'Pacific/Kiritimati',
  });
  expect(here.size).toBeGreaterThan(100);
  expect(there).toEqual(here);
});
