export { buildWasm, verifyWasm, type WasmPackage } from './build-wasm.ts';
export { compiledModules, type GuestSource, goBuild } from './go-build.ts';
export { preparePackage, restorePackage } from './pack.ts';
