import type { EngineErrorKind } from './protocol.ts';

const brand = Symbol.for('fluxwright.dev/wasm-host/EngineError');

/** A request that ended without a result. `kind` says whose fault it was (PROTOCOL.md, Kinds of error). */
export class EngineError extends Error {
  /** Each engine's package bundles this class: an error of any of them is an instance of all. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return typeof value === 'object' && value !== null && brand in value;
  }

  override readonly name = 'EngineError';
  readonly kind: EngineErrorKind;
  readonly details: unknown;

  constructor(kind: EngineErrorKind, message: string, details?: unknown) {
    super(message);
    Object.defineProperty(this, brand, { value: true });
    this.kind = kind;
    this.details = details;
  }
}
