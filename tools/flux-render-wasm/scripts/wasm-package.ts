import { join } from 'node:path';
import { lazyMetaschemas, lazyRegexps, type WasmPackage } from '@fluxwright/wasm-host/build';
import { keptValuesSchemas, manifestHooks, subchartsInOrder } from './helm-patches.ts';
import { noCallOptions } from './kubernetes-patches.ts';
import { placesOfResources } from './kustomize-patches.ts';
import { knownMethods } from './template-methods.ts';

const packageFolder = join(import.meta.dirname, '..');

/** The renderer's guest: its Go module, and the standard packages that stand-ins replace. */
export const wasmPackage: WasmPackage = {
  name: 'flux-render',
  packageFolder,
  goFolder: join(packageFolder, 'go'),
  standardStandIns: join(packageFolder, 'go/stand-ins/std'),
  patches: [
    lazyMetaschemas,
    manifestHooks,
    keptValuesSchemas,
    subchartsInOrder,
    knownMethods,
    noCallOptions,
    placesOfResources,
    lazyRegexps,
  ],
};
