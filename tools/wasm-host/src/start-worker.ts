import * as nodeModule from 'node:module';
import { Worker } from 'node:worker_threads';
import type { InstanceOptions } from './start-instance.ts';

/** Starts the worker of an instance, which waits for its module. It keeps no process alive. `code`: see {@link PoolOptions}. */
export function startWorker({ code, ...instance }: InstanceOptions & { readonly code?: string }): Worker {
  const worker = new Worker(workerFile(code), {
    workerData: instance,
    name: instance.name,
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
  worker.unref();
  return worker;
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
