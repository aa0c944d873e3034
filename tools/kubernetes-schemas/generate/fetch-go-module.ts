import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import type { Source } from './source.ts';

/**
 * The folder of a Go module in the module cache, downloaded when it is not there. The go command checks the zip
 * against the checksum database; here its sum is compared with the pinned one too.
 */
export function fetchGoModule(source: Source): string {
  const env = { ...process.env, GOWORK: 'off', GOFLAGS: '-mod=mod', GOTOOLCHAIN: source.toolchain ?? 'local' };
  const query = `${source.module}@${source.version}`;
  const answer = execFileSync('go', ['mod', 'download', '-json', query], { cwd: tmpdir(), env, encoding: 'utf8' });
  const { Dir, Sum } = JSON.parse(answer) as { Dir: string; Sum: string };
  if (Sum !== source.sum) throw new Error(`${query}: the sum is ${Sum}, sources.json says ${source.sum}`);
  return Dir;
}
