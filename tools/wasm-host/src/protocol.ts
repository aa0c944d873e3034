/** Version of the wire format that this host speaks (PROTOCOL.md). */
export const protocolVersion = 1;

/** What went wrong, as PROTOCOL.md lists it. */
export type EngineErrorKind = 'input' | 'panic' | 'memory' | 'timeout' | 'size' | 'protocol' | 'closed';

/** One request: an operation's name, its JSON input and raw byte parts. */
export interface Request {
  readonly op: string;
  readonly input?: unknown;
  readonly parts?: readonly Uint8Array[];
}

/** What an operation gave: its JSON output and raw byte parts. */
export interface Reply<Output = unknown> {
  readonly output: Output;
  readonly parts: readonly Uint8Array[];
}

/** The error half of a reply header. */
export interface ErrorReply {
  readonly kind: EngineErrorKind;
  readonly message: string;
  readonly details?: unknown;
}

/** What `hello` answers: which guest this is and what is compiled into it. */
export interface GuestInfo {
  readonly protocol: number;
  readonly name: string;
  readonly version: string;
  readonly go: string;
  readonly modules: Readonly<Record<string, string>>;
  readonly ops: readonly string[];
}

/** A decoded reply frame: output or error, never both. */
export type DecodedReply = ({ readonly ok: true } & Reply) | { readonly ok: false; readonly error: ErrorReply };
