// What services behind the gate check a token with, and how all of them find their store: the same code as the gate's own.
export { type Environment, readEnvironment } from './environment.ts';
export { identify, proofIn } from './identify.ts';
export { issuerKeys } from './issuer.ts';
export { Refusal } from './refusal.ts';
export { openStore, readStore, type StoreSettings } from './store.ts';
export type { Caller, Expected } from './verify-token.ts';
