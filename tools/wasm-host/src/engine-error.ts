import type { EngineErrorKind } from './protocol.ts';

/** A request that ended without a result. `kind` says whose fault it was (PROTOCOL.md, Kinds of error). */
export class EngineError extends Error {
  override readonly name = 'EngineError';
  readonly kind: EngineErrorKind;
  readonly details: unknown;

  constructor(kind: EngineErrorKind, message: string, details?: unknown) {
    super(message);
    this.kind = kind;
    this.details = details;
  }
}
