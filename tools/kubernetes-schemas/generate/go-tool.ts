import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

const GO_MODULE = join(import.meta.dirname, '../go');

/** Runs a Go tool that go/go.mod pins, in a folder, and gives its standard output. The tool is built when it is not yet. */
export function goTool(name: string, args: readonly string[], cwd: string): string {
  const env = { ...process.env, GOWORK: 'off', GOFLAGS: '-mod=readonly', GOTOOLCHAIN: 'local' };
  const path = execFileSync('go', ['tool', '-n', name], { cwd: GO_MODULE, env, encoding: 'utf8' }).trim();
  return execFileSync(path, args, { cwd, env, encoding: 'utf8', maxBuffer: 256 * 1024 * 1024 });
}
