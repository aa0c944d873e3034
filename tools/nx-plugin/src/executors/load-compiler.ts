import { enableCompileCache } from 'node:module';
import { join } from 'node:path';

/**
 * The compiler, loaded when a task runs. Nx asks this plugin's graph on every command, and starts a process for each batch
 * of tasks: what Node makes of the sources is kept, which is half of that process's start.
 */
export function loadCompiler(): Promise<typeof import('@fluxwright/compiler')> {
  enableCompileCache(join(import.meta.dirname, '../../node_modules/.cache/compiled'));
  return import('@fluxwright/compiler');
}
