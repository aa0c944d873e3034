import { resolve } from 'node:path';
import type { CompileContext } from './compile-cluster.ts';
import { defaultCharts, openCharts } from './engines/chart-library.ts';
import { openEngines } from './engines/engines.ts';
import { makeRenderCache } from './render/render-cache.ts';

/**
 * What any number of clusters of the workspace at `root` are compiled with, with its default charts: engines that start when
 * they are first needed, and the results of equal tasks. `cache` is a folder from `root` in which verdicts are kept for
 * the next process; without it nothing is kept. The caller disposes of it, which writes the verdicts down.
 */
export function openCompileContext(
  root: string,
  { cache }: { readonly cache?: string } = {},
): CompileContext & Disposable {
  const engines = openEngines({
    charts: openCharts(root, defaultCharts),
    ...(cache === undefined ? {} : { folder: resolve(root, cache) }),
  });
  return {
    cache: makeRenderCache(),
    engines,
    observe: (_stage, work) => work(),
    [Symbol.dispose]: () => engines[Symbol.dispose](),
  };
}
