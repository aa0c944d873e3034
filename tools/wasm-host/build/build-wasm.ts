import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { type GuestSource, goBuild } from './go-build.ts';
import { notice } from './notice.ts';

/** A guest and the package that ships it. Paths are absolute. */
export interface WasmPackage extends GuestSource {
  /** The package's folder: `wasm/<name>.wasm.zst`, its sha256 and NOTICE are written there. */
  readonly packageFolder: string;
}

/** Compiles the guest and writes `wasm/<name>.wasm.zst`, `wasm/<name>.wasm.zst.sha256` and `NOTICE`. Gives the two sizes. */
export async function buildWasm(target: WasmPackage): Promise<{ rawBytes: number; packedBytes: number }> {
  const files = await buildFiles(target);
  await mkdir(join(target.packageFolder, 'wasm'), { recursive: true });
  for (const [path, content] of files) await writeFile(join(target.packageFolder, path), content);
  const packed = files.get(`wasm/${target.name}.wasm.zst`) ?? Buffer.alloc(0);
  return { rawBytes: zstdDecompressSync(packed).length, packedBytes: packed.length };
}

/** Builds again and compares with the committed files byte for byte. Gives the paths that differ: none when all is well. */
export async function verifyWasm(target: WasmPackage): Promise<string[]> {
  const differing: string[] = [];
  for (const [path, content] of await buildFiles(target)) {
    const committed = await readFile(join(target.packageFolder, path)).catch(() => undefined);
    if (committed === undefined || !committed.equals(content)) differing.push(path);
  }
  return differing;
}

async function buildFiles(target: WasmPackage): Promise<Map<string, Buffer>> {
  const raw = await goBuild(target);
  const packed = zstdCompressSync(raw, {
    params: { [constants.ZSTD_c_compressionLevel]: 22, [constants.ZSTD_c_windowLog]: 27 },
  });
  const file = `${target.name}.wasm.zst`;
  const digest = createHash('sha256').update(packed).digest('hex');
  return new Map([
    [`wasm/${file}`, packed],
    [`wasm/${file}.sha256`, Buffer.from(`${digest}  ${file}\n`)],
    ['NOTICE', Buffer.from(await notice(target))],
  ]);
}
