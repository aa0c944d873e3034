/**
 * The part of the WebAssembly JavaScript API that the host uses. TypeScript declares it in the `dom` library only,
 * which would give every package the browser's globals.
 */
export interface Memory {
  readonly buffer: ArrayBuffer;
}

/** A compiled module: opaque, shared between threads by reference. */
export interface Module {
  readonly [Symbol.toStringTag]: string;
}

/** A module's imports: namespace, name, function. */
export type Imports = Readonly<Record<string, Readonly<Record<string, (...args: number[]) => number>>>>;

/** A running module. */
export interface WasmInstance {
  readonly exports: Readonly<Record<string, unknown>>;
}

interface Api {
  compile(bytes: Uint8Array): Promise<Module>;
  Instance: new (module: Module, imports: Imports) => WasmInstance;
}

/** Node's WebAssembly global. */
export const webAssembly = (globalThis as unknown as { WebAssembly: Api }).WebAssembly;
