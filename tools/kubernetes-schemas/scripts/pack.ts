import { join } from 'node:path';
import { preparePackage, restorePackage } from '@fluxwright/wasm-host/build';

const folder = join(import.meta.dirname, '..');
await (process.argv.includes('--restore') ? restorePackage(folder) : preparePackage(folder));
