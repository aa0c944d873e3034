import { readFileSync } from 'node:fs';
import { WASI } from 'node:wasi';

/**
 * Runs a wasip1 program for `go test -exec`: `node run-wasip1.ts program.wasm [arguments]`. A test may read the folder it is
 * in, which Go tells it by PWD.
 */
const [, , program = '', ...args] = process.argv;
const wasi = new WASI({
  version: 'preview1',
  args: [program, ...args],
  env: { PWD: process.cwd() },
  preopens: { '/': '/' },
});
const { WebAssembly } = globalThis as unknown as {
  WebAssembly: { instantiate(bytes: Uint8Array, imports: object): Promise<{ instance: object }> };
};
const { instance } = await WebAssembly.instantiate(readFileSync(program), wasi.getImportObject());
process.exitCode = wasi.start(instance);
