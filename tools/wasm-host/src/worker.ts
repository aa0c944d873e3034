import { parentPort, workerData } from 'node:worker_threads';
import { EngineError } from './engine-error.ts';
import type { InstanceOptions } from './start-instance.ts';
import { startInstance } from './start-instance.ts';
import type { Module } from './web-assembly.ts';
import type { FromWorker } from './worker-messages.ts';

/** The thread of one instance: starts it, then answers one frame at a time. The pool ends the thread after an error. */
const { module, options } = workerData as { module: Module; options: InstanceOptions };

try {
  const instance = startInstance(module, options);
  parentPort?.on('message', (frame: Uint8Array) => {
    try {
      const reply = instance.call(frame);
      send({ type: 'reply', frame: reply, memoryBytes: instance.memoryBytes() }, [reply.buffer]);
    } catch (cause) {
      fail(cause);
    }
  });
  send({ type: 'ready' });
} catch (cause) {
  fail(cause);
}

function fail(cause: unknown): void {
  const error = cause instanceof EngineError ? cause : new EngineError('panic', String(cause));
  send({ type: 'failure', error: { kind: error.kind, message: error.message, details: error.details } });
}

function send(message: FromWorker, transfer: ArrayBuffer[] = []): void {
  parentPort?.postMessage(message, transfer);
}
