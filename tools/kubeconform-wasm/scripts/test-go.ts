import { testGo } from '@fluxwright/wasm-host/build';
import { wasmPackage } from './wasm-package.ts';

process.exitCode = testGo(wasmPackage.goFolder) ? 0 : 1;
