import { availableParallelism } from 'node:os';
import type { Preopens } from './closed-wasi.ts';
import { EngineError } from './engine-error.ts';
import { type EngineThread, shakeHands, startThread } from './engine-thread.ts';
import type { ModuleFile } from './load-module.ts';
import { type GuestInfo, protocolVersion, type Reply, type Request } from './protocol.ts';
import type { Module } from './web-assembly.ts';

const mebibyte = 1_048_576;

/** How to run an engine. Times are milliseconds, sizes bytes. */
export interface PoolOptions {
  /** Name and version that the guest must say of itself. */
  readonly name: string;
  readonly version: string;
  /** URL of the code of the engine's package, beside which its worker lies; this module's own when left out. */
  readonly code?: string;
  /** The most instances at once; the machine's cores when left out. They start when they are needed. */
  readonly size?: number;
  /** Folders that the guest may see; none when left out. */
  readonly preopens?: Preopens;
  /** How far the calendar clock of the guests runs ahead; 0 when left out. */
  readonly clockOffsetSeconds?: number;
  /** Bound of one request's run; 60,000 when left out. */
  readonly timeoutMs?: number;
  /** Bound of a request; 256 MiB when left out. */
  readonly requestBytes?: number;
  /** Bound of a reply; 256 MiB when left out. */
  readonly replyBytes?: number;
  /** An instance whose memory is above this after a reply is replaced by a fresh one; 768 MiB when left out. */
  readonly recycleBytes?: number;
}

/** Calls one instance; several calls in one session reach the same one. */
export interface Session {
  /** Runs one operation. Rejects with an EngineError. `timeoutMs` overrides the pool's bound. */
  call<Output>(request: Request, timeoutMs?: number): Promise<Reply<Output>>;
  /** What the guest says of itself. */
  readonly info: GuestInfo;
  /** Bytes of the guest's memory after its last reply. */
  memoryBytes(): number;
}

/** Instances of one engine, each in a thread. An idle pool does not keep the process alive. */
export interface Pool {
  /** Runs one operation on any instance. Rejects with an EngineError; the pool goes on with a fresh instance. */
  call<Output>(request: Request, timeoutMs?: number): Promise<Reply<Output>>;
  /** Holds one instance for as long as `use` runs. */
  session<Value>(use: (session: Session) => Promise<Value>): Promise<Value>;
  /** The most instances at once. */
  readonly size: number;
  /** Ends all instances; requests that run or wait reject with kind `closed`. */
  close(): Promise<void>;
}

interface Seat {
  readonly thread: EngineThread;
  readonly info: Promise<GuestInfo>;
}

/** Starts instances. The first compiles a module that is a file; those after it wait for that, and after a failure try again. */
function seatStarter(given: Module | Promise<Module> | ModuleFile, options: PoolOptions): () => Seat {
  const { name, version, preopens = {}, replyBytes = 256 * mebibyte, clockOffsetSeconds = 0, code } = options;
  const instance = { name, preopens, replyBytes, clockOffsetSeconds, ...(code === undefined ? {} : { code }) };
  let module = given;
  return () => {
    const thread = startThread(module, instance);
    if ('href' in module) {
      module = thread.module;
      thread.module.catch(() => {
        module = given;
      });
    }
    const info = shakeHands(thread, { name, version, protocol: protocolVersion });
    info.catch(() => {});
    return { thread, info };
  };
}

/**
 * A pool over a compiled module, one that is being compiled, or a file that its first thread compiles for all of them: a
 * failure of that is one of every request. No thread starts before the first request.
 */
export function createPool(given: Module | Promise<Module> | ModuleFile, options: PoolOptions): Pool {
  const size = Math.max(1, options.size ?? availableParallelism());
  const limits = { timeoutMs: options.timeoutMs ?? 60_000, requestBytes: options.requestBytes ?? 256 * mebibyte };
  const recycleBytes = options.recycleBytes ?? 768 * mebibyte;
  const idle: Seat[] = [];
  const taken = new Set<Seat>();
  const queue: PromiseWithResolvers<Seat>[] = [];
  let closed = false;
  const start = seatStarter(given, options);

  const nextSeat = (): Seat | undefined => {
    for (let seat = idle.pop(); seat !== undefined; seat = idle.pop()) if (seat.thread.alive()) return seat;
    return taken.size < size ? start() : undefined;
  };
  const acquire = (): Promise<Seat> => {
    if (closed) return Promise.reject(new EngineError('closed', 'the pool is closed'));
    const turn = Promise.withResolvers<Seat>();
    queue.push(turn);
    advance();
    return turn.promise;
  };
  const advance = (): void => {
    while (queue.length > 0) {
      const seat = nextSeat();
      if (seat === undefined) return;
      taken.add(seat);
      queue.shift()?.resolve(seat);
    }
  };
  const release = (seat: Seat): void => {
    taken.delete(seat);
    if (seat.thread.memoryBytes() > recycleBytes) void seat.thread.end();
    if (seat.thread.alive()) idle.push(seat);
    advance();
  };
  const session = async <Value>(use: (session: Session) => Promise<Value>): Promise<Value> => {
    const seat = await acquire();
    try {
      const info = await seat.info;
      return await use({
        info,
        memoryBytes: seat.thread.memoryBytes,
        call: async <Output>(request: Request, timeoutMs = limits.timeoutMs) =>
          (await seat.thread.request(request, { ...limits, timeoutMs })) as Reply<Output>,
      });
    } finally {
      release(seat);
    }
  };
  const close = async (): Promise<void> => {
    closed = true;
    for (const turn of queue.splice(0)) turn.reject(new EngineError('closed', 'the pool was closed'));
    await Promise.all([...idle.splice(0), ...taken].map((seat) => seat.thread.end()));
  };
  return {
    session,
    call: (request, timeoutMs) => session((one) => one.call(request, timeoutMs)),
    size,
    close,
  };
}
