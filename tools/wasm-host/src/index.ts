export type { Preopens } from './closed-wasi.ts';
export { createPool, type Pool, type PoolOptions, type Session } from './create-pool.ts';
export { EngineError } from './engine-error.ts';
export { loadModule, type ModuleFile, type ModuleLimits } from './load-module.ts';
export { packageCode } from './package-code.ts';
export type { EngineErrorKind, GuestInfo, Reply, Request } from './protocol.ts';
export { requireNode } from './require-node.ts';
export type { Module } from './web-assembly.ts';
