import { createPool, EngineError, type Pool } from '@fluxwright/wasm-host';
import { engineCode, engineFile } from './engine-file.ts';

/** Bounds of an engine. */
export interface EngineOptions {
  /** The most instances at once, each in a thread of its own with its own compiled schemas; 1 when left out. */
  readonly workers?: number;
  /** Milliseconds that one batch (up to 500 resources or 16 MiB) can take; 60,000 when left out. */
  readonly timeoutMs?: number;
  /** Bytes of memory that one instance can have; 1 GiB when left out. */
  readonly memoryBytes?: number;
}

/** A pool of kubeconform instances. It starts when it is first used and keeps no process alive while idle. */
export interface Engine {
  readonly pool: Pool;
  /** Ends all instances. */
  close(): Promise<void>;
}

/**
 * Gives an engine with its own bounds; the first thread compiles kubeconform. Most callers use the process's own and never
 * need this. Throws an EngineError of kind `input` for a bound that is no positive number.
 */
export function createEngine(options: EngineOptions = {}): Engine {
  const { workers = 1, timeoutMs, memoryBytes } = options;
  for (const [name, value] of Object.entries({ workers, timeoutMs, memoryBytes })) {
    if (value === undefined || (Number.isSafeInteger(value) && value > 0)) continue;
    throw new EngineError('input', `${name} must be a whole number above 0, not ${String(value)}`);
  }
  const limits = memoryBytes === undefined ? {} : { memoryBytes };
  const pool = createPool(
    { href: engineFile().href, limits },
    {
      name: 'kubeconform',
      code: engineCode(),
      version: '0.8.0',
      size: workers,
      ...(timeoutMs === undefined ? {} : { timeoutMs }),
    },
  );
  return { pool, close: pool.close };
}

let shared: Engine | undefined;

/** The engine that validators without one of their own share. */
export function sharedEngine(): Engine {
  shared ??= createEngine();
  return shared;
}
