import { EngineError, type EngineErrorKind } from 'flux-render-wasm';

/** What an input can do to an engine: anything else is a fault of ours. */
const limits: readonly EngineErrorKind[] = ['timeout', 'memory', 'panic', 'size'];

/** Why an engine could not finish with what it was given: time, memory, size. Undefined for any other error. */
export function engineLimit(error: unknown): string | undefined {
  return error instanceof EngineError && limits.includes(error.kind) ? error.message : undefined;
}
