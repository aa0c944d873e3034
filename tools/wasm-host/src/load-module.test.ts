import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { zstdCompressSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { loadModule } from './load-module.ts';

const packed = zstdCompressSync(new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 5, 3, 1, 0, 2]));
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'load-module-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function written(name: string, digest: string): Promise<URL> {
  await writeFile(join(folder, name), packed);
  await writeFile(join(folder, `${name}.sha256`), `${digest}  ${name}\n`);
  return pathToFileURL(join(folder, name));
}

it('compiles the file whose digest agrees', async () => {
  const file = await written('good.wasm.zst', createHash('sha256').update(packed).digest('hex'));
  expect(String(await loadModule(file))).toBe('[object WebAssembly.Module]');
});

it('refuses the file whose digest does not agree', async () => {
  const file = await written('bad.wasm.zst', '0'.repeat(64));
  await expect(loadModule(file)).rejects.toThrow('bad.wasm.zst is not the file that its sha256 names');
});
