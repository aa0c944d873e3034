import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { GuestSource } from './go-build.ts';
import { patchFlag } from './patch-modules.ts';
import { overlayFlag } from './standard-overlay.ts';

/**
 * Runs the Go tests of a module twice, on this machine and under wasip1, with the patches of its guest, and prints what
 * they say. Gives whether all passed.
 */
export async function testGo({ goFolder, patches }: Pick<GuestSource, 'goFolder' | 'patches'>): Promise<boolean> {
  const node = `${process.execPath} --disable-warning=ExperimentalWarning ${join(import.meta.dirname, 'run-wasip1.ts')}`;
  const scratch = await mkdtemp(join(tmpdir(), 'test-go-'));
  const flags = [...(await patchFlag(goFolder, patches)), ...(await overlayFlag({ patches: patches ?? [] }, scratch))];
  // Each guest is built of its own go.mod alone.
  const environment = { ...process.env, GOWORK: 'off' };
  const runs = [
    { label: 'native', args: [], env: {} },
    { label: 'wasip1', args: ['-exec', node], env: { GOOS: 'wasip1', GOARCH: 'wasm' } },
  ];
  const passed = runs
    .map(({ label, args, env }) => {
      console.log(`${label}:`);
      const options = { cwd: goFolder, env: { ...environment, ...env }, stdio: 'inherit' as const };
      return spawnSync('go', ['test', ...flags, ...args, './...'], options).status === 0;
    })
    .every(Boolean);
  await rm(scratch, { recursive: true });
  return passed;
}
