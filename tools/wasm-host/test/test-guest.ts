import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { limitMemory } from '../src/limit-memory.ts';
import { type Module, webAssembly } from '../src/web-assembly.ts';

/** The guest of go/testguest as bytes, or undefined where there is no Go to build it. */
export function buildTestGuest(): Uint8Array | undefined {
  const scratch = mkdtempSync(join(tmpdir(), 'test-guest-'));
  try {
    const output = join(scratch, 'guest.wasm');
    execFileSync('go', ['build', '-buildmode=c-shared', '-ldflags=-s -w', '-o', output, './testguest'], {
      cwd: join(import.meta.dirname, '../go'),
      env: { ...process.env, GOOS: 'wasip1', GOARCH: 'wasm', GOWORK: 'off' },
    });
    return readFileSync(output);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw cause;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** The guest with a memory of at most 64 MiB. */
export function compileTestGuest(wasm: Uint8Array): Promise<Module> {
  return webAssembly.compile(limitMemory(wasm, 64 * 1_048_576));
}
