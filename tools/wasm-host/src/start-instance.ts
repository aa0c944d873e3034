import { type ClosedWasi, closedWasi, type Preopens } from './closed-wasi.ts';
import { EngineError } from './engine-error.ts';
import { type Memory, type Module, webAssembly } from './web-assembly.ts';

/** One running guest. A call that throws leaves it unusable: throw it away. */
export interface Instance {
  /** Runs one request frame and gives the reply frame (PROTOCOL.md). Throws an EngineError of kind panic, memory or size. */
  call(frame: Uint8Array): Uint8Array<ArrayBuffer>;
  /** Bytes of the guest's memory; it never shrinks. */
  memoryBytes(): number;
}

/** How to start a guest. */
export interface InstanceOptions {
  readonly name: string;
  readonly preopens?: Preopens;
  /** The longest reply, in bytes. */
  readonly replyBytes: number;
  /** How far its calendar clock runs ahead; 0 when left out. */
  readonly clockOffsetSeconds?: number;
}

interface GuestExports {
  readonly memory: Memory;
  guest_alloc(size: number): number;
  guest_free(pointer: number): void;
  guest_call(pointer: number, size: number): bigint;
}

/** Starts a guest in this thread. Throws an EngineError of kind panic or memory when its initialisation fails. */
export function startInstance(module: Module, options: InstanceOptions): Instance {
  const wasi = closedWasi(options.name, options.preopens, options.clockOffsetSeconds);
  const instance = new webAssembly.Instance(module, wasi.imports);
  guarded(wasi, () => wasi.initialize(instance));
  const guest = instance.exports as unknown as GuestExports;
  return {
    call: (frame) => guarded(wasi, () => exchange(guest, frame, options.replyBytes)),
    memoryBytes: () => guest.memory.buffer.byteLength,
  };
}

function exchange(guest: GuestExports, frame: Uint8Array, replyBytes: number): Uint8Array<ArrayBuffer> {
  const request = guest.guest_alloc(frame.byteLength) >>> 0;
  new Uint8Array(guest.memory.buffer, request, frame.byteLength).set(frame);
  const location = BigInt.asUintN(64, guest.guest_call(request, frame.byteLength));
  guest.guest_free(request);
  const pointer = Number(location >> 32n);
  const size = Number(location & 0xffff_ffffn);
  if (size > replyBytes) throw new EngineError('size', `the reply has ${size} bytes, the limit is ${replyBytes}`);
  const reply = new Uint8Array(guest.memory.buffer, pointer, size).slice();
  guest.guest_free(pointer);
  return reply;
}

/** Go ends an instance that panics or runs out of memory by a trap or an exit; what it wrote before says why. */
function guarded<Value>(wasi: ClosedWasi, run: () => Value): Value {
  try {
    return run();
  } catch (cause) {
    if (cause instanceof EngineError) throw cause;
    const written = wasi.written();
    if (cause instanceof RangeError) throw new EngineError('memory', 'the engine recursed too deep', written);
    if (/out of memory|cannot allocate/.test(written)) {
      throw new EngineError('memory', 'the engine reached its memory limit', written);
    }
    const reason = /^(?:panic|fatal error): .*$/m.exec(written)?.[0];
    throw new EngineError('panic', reason ?? `the engine stopped: ${String(cause)}`, written);
  }
}
