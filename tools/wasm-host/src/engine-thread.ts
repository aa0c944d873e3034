import { EngineError } from './engine-error.ts';
import { exchangeWith } from './exchange.ts';
import { decodeReply, encodeFrame } from './frame.ts';
import type { ModuleFile } from './load-module.ts';
import type { DecodedReply, GuestInfo, Reply, Request } from './protocol.ts';
import type { InstanceOptions } from './start-instance.ts';
import { startWorker } from './start-worker.ts';
import type { Module } from './web-assembly.ts';
import type { FromWorker } from './worker-messages.ts';

/** Bounds of one request. */
export interface RequestLimits {
  /** Milliseconds from the start of the request's run to its reply. */
  readonly timeoutMs: number;
  /** The longest request frame, in bytes. */
  readonly requestBytes: number;
}

/** One instance in a thread of its own. It takes one request at a time. */
export interface EngineThread {
  /** What it runs, compiled: other threads can run it too. Rejects where that failed. */
  readonly module: Promise<Module>;
  /** Runs a request; a rejected EngineError of kind other than input and size means that `alive()` is false. */
  request(request: Request, limits: RequestLimits): Promise<Reply>;
  alive(): boolean;
  /** Bytes of the guest's memory after its last reply. */
  memoryBytes(): number;
  end(error?: EngineError): Promise<void>;
}

/** Starts a thread for `module`, which it compiles where it is a file. A failure to start shows in its first request. The thread keeps no process alive while idle. */
export function startThread(
  module: Module | Promise<Module> | ModuleFile,
  options: InstanceOptions & { readonly code?: string },
): EngineThread {
  const worker = startWorker(options);
  const exchange = exchangeWith(worker);
  const compiled = Promise.withResolvers<Module>();
  let ended: Error | undefined;
  let memory = 0;

  const end = async (error: Error = new EngineError('closed', 'the engine was closed')): Promise<void> => {
    ended ??= error;
    compiled.reject(ended);
    exchange.fail(error);
    await worker.terminate();
  };
  worker.on('message', (message: FromWorker) => {
    if (message.type === 'module') compiled.resolve(message.module);
    if (message.type === 'failure') void end(asError(message.error));
    if (message.type === 'reply') {
      memory = message.memoryBytes;
      exchange.answer(message.frame);
    }
  });
  worker.on('error', (cause) => void end(new EngineError('panic', `the engine's thread failed: ${String(cause)}`)));
  worker.on('exit', () => void end(new EngineError('panic', "the engine's thread ended")));
  if ('href' in module) worker.postMessage(module);
  // The thread starts while the module is still being compiled.
  else Promise.resolve(module).then(compiled.resolve, end);
  const loaded = compiled.promise.then((shared) => {
    if (!('href' in module)) worker.postMessage(shared);
  });
  loaded.catch(() => undefined);

  return {
    module: compiled.promise,
    async request(request, { timeoutMs, requestBytes }) {
      const frame = boundedFrame(request, requestBytes);
      // Somebody waits from here on, also for the module that the thread compiles.
      worker.ref();
      await loaded;
      if (ended !== undefined) throw ended;
      const late = () => end(new EngineError('timeout', `the request took longer than ${timeoutMs} ms`));
      const reply = decode(await exchange.send(frame, { timeoutMs, late }));
      if (reply.ok) return { output: reply.output, parts: reply.parts };
      const error = asError(reply.error);
      if (error.kind !== 'input') void end(error);
      throw error;
    },
    alive: () => ended === undefined,
    memoryBytes: () => memory,
    end,
  };
}

function boundedFrame(request: Request, most: number): Uint8Array<ArrayBuffer> {
  const frame = encodeFrame(request);
  if (frame.byteLength <= most) return frame;
  throw new EngineError('size', `the request has ${frame.byteLength} bytes, the limit is ${most}`);
}

/** Refuses a guest that is not the one expected; gives what it says of itself. */
export async function shakeHands(
  thread: EngineThread,
  expected: { readonly name: string; readonly version: string; readonly protocol: number },
): Promise<GuestInfo> {
  const reply = await thread.request({ op: 'hello' }, { timeoutMs: 30_000, requestBytes: 1024 });
  const info = reply.output as GuestInfo;
  for (const key of ['protocol', 'name', 'version'] as const) {
    if (info[key] === expected[key]) continue;
    const error = new EngineError('protocol', `the engine's ${key} is ${info[key]}, expected ${expected[key]}`);
    await thread.end(error);
    throw error;
  }
  return info;
}

function decode(frame: Uint8Array): DecodedReply {
  try {
    return decodeReply(frame);
  } catch (cause) {
    return { ok: false, error: { kind: 'protocol', message: `the reply cannot be read: ${String(cause)}` } };
  }
}

function asError(error: { kind: EngineError['kind']; message: string; details?: unknown }): EngineError {
  return new EngineError(error.kind, error.message, error.details);
}
