export { buildWasm, verifyWasm, type WasmPackage } from './build-wasm.ts';
export { compiledModules, type GuestSource, goBuild } from './go-build.ts';
export { hasGo } from './has-go.ts';
export { lazyMetaschemas, trustSchemas } from './json-schema-patches.ts';
export { preparePackage, restorePackage } from './pack.ts';
export { type ModulePatch, patchFlag } from './patch-modules.ts';
export { lazyRegexps } from './regexp-patch.ts';
export { type ExampleRun, runExample } from './run-example.ts';
export { testGo } from './test-go.ts';
