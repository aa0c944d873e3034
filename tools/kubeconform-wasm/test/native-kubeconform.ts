import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { hasGo } from '@fluxwright/wasm-host/build';

const run = promisify(execFile);
const version = 'v0.8.0';
const folder = process.env.FLUXWRIGHT_NATIVE ?? join(tmpdir(), 'fluxwright-native');
const binary = join(folder, version, 'kubeconform');

/** Whether the command is there or Go can build it; tests that compare with it are skipped otherwise, but in CI they fail. */
export function hasNative(): boolean {
  return existsSync(binary) || hasGo();
}

/** The kubeconform command, built from the Go module that the engine is built from. */
export async function nativeKubeconform(): Promise<string> {
  if (!existsSync(binary)) {
    await mkdir(join(folder, version), { recursive: true });
    const env = { ...process.env, GOBIN: join(folder, version), GOWORK: 'off', GOFLAGS: '-mod=mod' };
    await run('go', ['install', `github.com/yannh/kubeconform/cmd/kubeconform@${version}`], { env, cwd: folder });
  }
  return binary;
}
