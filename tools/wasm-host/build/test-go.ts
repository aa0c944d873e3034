import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** Runs the Go tests of a module twice, on this machine and under wasip1, and prints what they say. Gives whether all passed. */
export function testGo(goFolder: string): boolean {
  const node = `${process.execPath} --disable-warning=ExperimentalWarning ${join(import.meta.dirname, 'run-wasip1.ts')}`;
  const runs = [
    { label: 'native', args: [], env: {} },
    { label: 'wasip1', args: ['-exec', node], env: { GOOS: 'wasip1', GOARCH: 'wasm' } },
  ];
  return runs
    .map(({ label, args, env }) => {
      console.log(`${label}:`);
      const options = { cwd: goFolder, env: { ...process.env, ...env }, stdio: 'inherit' as const };
      return spawnSync('go', ['test', ...args, './...'], options).status === 0;
    })
    .every(Boolean);
}
