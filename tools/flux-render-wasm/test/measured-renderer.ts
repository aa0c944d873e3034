import { createPool } from '@fluxwright/wasm-host';
import { type BuildOptions, buildPath } from '../src/build-path.ts';
import { type TemplateOptions, templateChart } from '../src/template-chart.ts';

const engine = new URL('../wasm/flux-render.wasm.zst', import.meta.url);
const outputBytes = 64 * 1_048_576;

/** A renderer with one thread whose memory can be seen. */
export function measuredRenderer() {
  const pool = createPool({ href: engine.href, limits: {} }, { name: 'flux-render', version: '0.1.0', size: 1 });
  return {
    template: (options: TemplateOptions) => templateChart(pool, options, outputBytes),
    build: (options: BuildOptions) => buildPath(pool, options, outputBytes),
    /** Bytes of the guest's memory, which never shrinks. */
    memoryBytes: () => pool.session(async (session) => session.memoryBytes()),
    close: () => pool.close(),
  };
}
