import { WASI } from 'node:wasi';
import type { Imports, Memory, WasmInstance } from './web-assembly.ts';

const keptBytes = 65_536;
const success = 0;
const badDescriptor = 8;
/** The clock of the calendar (https://github.com/WebAssembly/WASI/blob/main/legacy/preview1/docs.md#-clockid-variant). */
const realTime = 0;

/** What a guest may see of the machine, and what it wrote. */
export interface ClosedWasi {
  readonly imports: Imports;
  /** Runs the reactor's package initialisation. */
  initialize(instance: WasmInstance): void;
  /** The end of what the guest wrote to standard output and error. */
  written(): string;
}

/** Folders that the guest may read and write: guest path to host path. */
export type Preopens = Readonly<Record<string, string>>;

/**
 * WASI preview 1 with no environment, no standard input and only the folders in `preopens`.
 * Arguments are `[name]`: a Go program may read the first one. Its calendar clock runs `clockOffsetSeconds` ahead. Writing to descriptors 1 and 2 goes to memory.
 */
export function closedWasi(name: string, preopens: Preopens = {}, clockOffsetSeconds = 0): ClosedWasi {
  const wasi = new WASI({ version: 'preview1', args: [name], env: {}, preopens: { ...preopens }, returnOnExit: true });
  const base = wasi.getImportObject() as { wasi_snapshot_preview1: Record<string, (...args: number[]) => number> };
  const system = base.wasi_snapshot_preview1;
  let memory: Memory | undefined;
  let tail = Buffer.alloc(0);

  const write = (descriptor: number, vectors: number, count: number, sizePointer: number): number => {
    if (descriptor > 2) return system.fd_write?.(descriptor, vectors, count, sizePointer) ?? badDescriptor;
    if (descriptor === 0 || memory === undefined) return badDescriptor;
    const view = new DataView(memory.buffer);
    let size = 0;
    for (let i = 0; i < count; i++) {
      const start = view.getUint32(vectors + 8 * i, true);
      const length = view.getUint32(vectors + 8 * i + 4, true);
      tail = Buffer.concat([tail, new Uint8Array(memory.buffer, start, length)]).subarray(-keptBytes);
      size += length;
    }
    view.setUint32(sizePointer, size, true);
    return success;
  };
  const read = (descriptor: number, vectors: number, count: number, sizePointer: number): number => {
    if (descriptor > 2) return system.fd_read?.(descriptor, vectors, count, sizePointer) ?? badDescriptor;
    if (descriptor !== 0 || memory === undefined) return badDescriptor;
    new DataView(memory.buffer).setUint32(sizePointer, 0, true);
    return success;
  };

  const clock = (id: number, precision: number, timePointer: number): number => {
    const result = system.clock_time_get?.(id, precision, timePointer) ?? badDescriptor;
    if (id === realTime && result === success && memory !== undefined) {
      const view = new DataView(memory.buffer);
      const shifted = view.getBigUint64(timePointer, true) + BigInt(clockOffsetSeconds) * 1_000_000_000n;
      view.setBigUint64(timePointer, shifted, true);
    }
    return result;
  };

  return {
    imports: { wasi_snapshot_preview1: { ...system, fd_write: write, fd_read: read, clock_time_get: clock } },
    initialize(instance) {
      memory = instance.exports.memory as Memory;
      wasi.initialize(instance);
    },
    written: () => tail.toString('utf8'),
  };
}
