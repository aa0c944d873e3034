import { buildWasm, verifyWasm } from '@fluxwright/wasm-host/build';
import { wasmPackage } from './wasm-package.ts';

if (process.argv.includes('--verify')) {
  const differing = await verifyWasm(wasmPackage);
  for (const path of differing) console.error(`${path} is not what its sources give`);
  process.exitCode = differing.length === 0 ? 0 : 1;
} else {
  const { rawBytes, packedBytes } = await buildWasm(wasmPackage);
  console.log(`${wasmPackage.name}: ${rawBytes} bytes, ${packedBytes} compressed`);
}
