import type { ErrorReply } from './protocol.ts';
import type { Module } from './web-assembly.ts';

/** What an instance's thread tells the pool. After a failure the instance is unusable. */
export type FromWorker =
  | { readonly type: 'module'; readonly module: Module }
  | { readonly type: 'ready' }
  | { readonly type: 'reply'; readonly frame: Uint8Array<ArrayBuffer>; readonly memoryBytes: number }
  | { readonly type: 'failure'; readonly error: ErrorReply };
