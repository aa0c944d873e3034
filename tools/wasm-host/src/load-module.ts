import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import * as zlib from 'node:zlib';
import { limitMemory } from './limit-memory.ts';
import { type Module, webAssembly } from './web-assembly.ts';

const mebibyte = 1_048_576;
/** Larger than any engine, so that it is unpacked in one piece; of memory that is never written to nothing is used. */
const pieceBytes = 64 * mebibyte;

/** Bounds of a module, in bytes. */
export interface ModuleLimits {
  /** The most memory one instance can have; 1 GiB when left out. */
  readonly memoryBytes?: number;
}

/** An engine's file, for a thread to compile. */
export interface ModuleFile {
  /** Of the committed `<name>.wasm.zst`. */
  readonly href: string;
  readonly limits: ModuleLimits;
}

/**
 * Compiles the committed engine `<name>.wasm.zst`, once for all threads: a `WebAssembly.Module` is shared by reference.
 * The digest beside it (`<name>.wasm.zst.sha256`, as sha256sum writes it) must agree, or this throws an Error. Unpacking holds
 * its thread, for about 2 ms a megabyte: done aside it takes twice as long.
 */
export async function loadModule(file: URL, limits: ModuleLimits = {}): Promise<Module> {
  const [packed, digest] = await Promise.all([readFile(file), readFile(new URL(`${file.href}.sha256`), 'utf8')]);
  const actual = createHash('sha256').update(packed).digest('hex');
  if (digest.split(/\s/, 1)[0] !== actual) throw new Error(`${file.pathname} is not the file that its sha256 names`);
  const wasm = zlib.zstdDecompressSync(packed, { maxOutputLength: 512 * mebibyte, chunkSize: pieceBytes });
  return webAssembly.compile(limitMemory(wasm, limits.memoryBytes ?? 1024 * mebibyte));
}
