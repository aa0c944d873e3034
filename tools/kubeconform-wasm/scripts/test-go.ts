import { testGo } from '@fluxwright/wasm-host/build';
import { wasmPackage } from './wasm-package.ts';

process.exitCode = (await testGo(wasmPackage)) ? 0 : 1;
