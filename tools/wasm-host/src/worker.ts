import { parentPort, workerData } from 'node:worker_threads';
import { EngineError } from './engine-error.ts';
import { loadModule, type ModuleFile } from './load-module.ts';
import type { Instance, InstanceOptions } from './start-instance.ts';
import { startInstance } from './start-instance.ts';
import type { Module } from './web-assembly.ts';
import type { FromWorker } from './worker-messages.ts';

/**
 * The thread of one instance: the first message is the module, or the file that it is to be compiled from, every other one a
 * frame to answer. The pool ends the thread after an error.
 */
parentPort?.once('message', async (given: Module | ModuleFile) => {
  try {
    const module = 'href' in given ? await compileFile(given) : given;
    if (module !== given) send({ type: 'module', module });
    serve(startInstance(module, workerData as InstanceOptions));
    send({ type: 'ready' });
  } catch (cause) {
    fail(cause);
  }
});

/** A file that is not the published one is no engine to talk to. */
function compileFile({ href, limits }: ModuleFile): Promise<Module> {
  return loadModule(new URL(href), limits).catch((cause: Error) => {
    throw new EngineError('protocol', cause.message);
  });
}

function serve(instance: Instance): void {
  parentPort?.on('message', (frame: Uint8Array) => {
    try {
      const reply = instance.call(frame);
      send({ type: 'reply', frame: reply, memoryBytes: instance.memoryBytes() }, [reply.buffer]);
    } catch (cause) {
      fail(cause);
    }
  });
}

function fail(cause: unknown): void {
  const error = cause instanceof EngineError ? cause : new EngineError('panic', String(cause));
  send({ type: 'failure', error: { kind: error.kind, message: error.message, details: error.details } });
}

function send(message: FromWorker, transfer: ArrayBuffer[] = []): void {
  parentPort?.postMessage(message, transfer);
}
