import { hasGo, testGo } from '@fluxwright/wasm-host/build';
import { expect, it } from 'vitest';
import { wasmPackage } from '../scripts/wasm-package.ts';

it.skipIf(!hasGo())('the Go tests pass on this machine and under wasip1', async () => {
  expect(await testGo(wasmPackage)).toBe(true);
});
