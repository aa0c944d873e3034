import * as nodeModule from 'node:module';
import { Worker } from 'node:worker_threads';
import { EngineError } from './engine-error.ts';
import { decodeReply, encodeFrame } from './frame.ts';
import type { ModuleFile } from './load-module.ts';
import type { DecodedReply, GuestInfo, Reply, Request } from './protocol.ts';
import type { InstanceOptions } from './start-instance.ts';
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

/** The worker lies beside this code, or beside that of the package whose engine it runs: a bundler leaves it there. */
function workerFile(packageCode = import.meta.url): URL {
  return packageCode.endsWith('.ts') ? new URL('./worker.ts', import.meta.url) : new URL('./worker.js', packageCode);
}

/** A thread of a process that keeps what Node made of its sources uses that too: it would strip types anew. */
function keptCode(): Record<string, string> {
  const folder = nodeModule.getCompileCacheDir();
  return folder === undefined ? {} : { NODE_COMPILE_CACHE: folder };
}

/** Starts a thread for `module`, which it compiles where it is a file. A failure to start shows in its first request. The thread keeps no process alive while idle. */
export function startThread(
  module: Module | Promise<Module> | ModuleFile,
  options: InstanceOptions & { readonly code?: string },
): EngineThread {
  const { code, ...instance } = options;
  const worker = new Worker(workerFile(code), {
    workerData: instance,
    name: options.name,
    env: keptCode(),
    argv: [],
    // node:wasi warns that it is experimental. Besides the noise, what a thread writes to its error stream holds a port of
    // the process open, so that it would never end (Node 24).
    execArgv: ['--disable-warning=ExperimentalWarning'],
    stdout: true,
    stderr: true,
    // Go's own stacks are in the guest's memory, but its calls are calls of this thread too: deep recursion takes both.
    resourceLimits: { stackSizeMb: 32 },
  });
  let ended: Error | undefined;
  let waiting: { settle(message: FromWorker): void; reject(error: Error): void } | undefined;
  let memory = 0;
  const compiled = Promise.withResolvers<Module>();

  const end = async (error: Error = new EngineError('closed', 'the engine was closed')): Promise<void> => {
    ended ??= error;
    compiled.reject(ended);
    waiting?.reject(error);
    await worker.terminate();
  };
  worker.on('message', (message: FromWorker) => {
    if (message.type === 'module') compiled.resolve(message.module);
    if (message.type === 'failure') void end(asError(message.error));
    if (message.type === 'reply') {
      memory = message.memoryBytes;
      waiting?.settle(message);
    }
  });
  worker.on('error', (cause) => void end(new EngineError('panic', `the engine's thread failed: ${String(cause)}`)));
  worker.on('exit', () => void end(new EngineError('panic', "the engine's thread ended")));
  worker.unref();
  if ('href' in module) worker.postMessage(module);
  // The thread starts while the module is still being compiled.
  else Promise.resolve(module).then(compiled.resolve, end);
  const loaded = compiled.promise.then((shared) => {
    if (!('href' in module)) worker.postMessage(shared);
  });
  loaded.catch(() => undefined);

  const exchange = (frame: Uint8Array<ArrayBuffer>, timeoutMs: number): Promise<Uint8Array> =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        void end(new EngineError('timeout', `the request took longer than ${timeoutMs} ms`));
      }, timeoutMs);
      const finish = (): void => {
        clearTimeout(timer);
        waiting = undefined;
        worker.unref();
      };
      waiting = {
        settle(message) {
          finish();
          if (message.type === 'reply') resolve(message.frame);
        },
        reject(error) {
          finish();
          reject(error);
        },
      };
      worker.ref();
      worker.postMessage(frame, [frame.buffer]);
    });

  return {
    module: compiled.promise,
    async request(request, limits) {
      const frame = encodeFrame(request);
      if (frame.byteLength > limits.requestBytes) {
        throw new EngineError('size', `the request has ${frame.byteLength} bytes, the limit is ${limits.requestBytes}`);
      }
      // Somebody waits from here on, also for the module that the thread compiles.
      worker.ref();
      await loaded;
      if (ended !== undefined) throw ended;
      if (waiting !== undefined) throw new EngineError('protocol', 'an instance takes one request at a time');
      const reply = decode(await exchange(frame, limits.timeoutMs));
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
