import { enableCompileCache } from 'node:module';
import { join } from 'node:path';

/** The reader of Flux' trees, loaded when a task runs, as the compiler is. */
export function loadFlux(): Promise<typeof import('@fluxwright/flux')> {
  enableCompileCache(join(import.meta.dirname, '../../node_modules/.cache/compiled'));
  return import('@fluxwright/flux');
}
