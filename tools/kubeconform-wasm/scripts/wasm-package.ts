import { join } from 'node:path';
import { lazyMetaschemas, lazyRegexps, trustSchemas, type WasmPackage } from '@fluxwright/wasm-host/build';

const packageFolder = join(import.meta.dirname, '..');

/** The kubeconform guest: its Go module, and the standard packages that stand-ins replace. */
export const wasmPackage: WasmPackage = {
  name: 'kubeconform',
  packageFolder,
  goFolder: join(packageFolder, 'go'),
  standardStandIns: join(packageFolder, 'go/stand-ins/std'),
  patches: [lazyMetaschemas, lazyRegexps, trustSchemas],
};
