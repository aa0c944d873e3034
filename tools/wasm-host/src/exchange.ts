import type { Worker } from 'node:worker_threads';
import { EngineError } from './engine-error.ts';

/** Frames to a worker and back, one at a time. The process stays alive only while one is under way. */
export interface Exchange {
  /** Gives the frame that {@link answer} is told; `late` is called once `timeoutMs` are over, and decides what comes of it. */
  send(
    frame: Uint8Array<ArrayBuffer>,
    bound: { readonly timeoutMs: number; readonly late: () => unknown },
  ): Promise<Uint8Array>;
  /** Ends the exchange under way, if there is one. */
  answer(frame: Uint8Array): void;
  fail(error: Error): void;
}

export function exchangeWith(worker: Worker): Exchange {
  let waiting: PromiseWithResolvers<Uint8Array> | undefined;
  return {
    async send(frame, { timeoutMs, late }) {
      if (waiting !== undefined) throw new EngineError('protocol', 'an instance takes one request at a time');
      waiting = Promise.withResolvers();
      const timer = setTimeout(late, timeoutMs);
      worker.ref();
      worker.postMessage(frame, [frame.buffer]);
      try {
        return await waiting.promise;
      } finally {
        clearTimeout(timer);
        waiting = undefined;
        worker.unref();
      }
    },
    answer: (frame) => waiting?.resolve(frame),
    fail: (error) => waiting?.reject(error),
  };
}
