import { createPool, type Pool } from '@fluxwright/wasm-host';
import { type BuildOptions, type BuildResult, buildPath } from './build-path.ts';
import { engineCode, engineFile } from './engine-file.ts';
import type { RenderedObject } from './rendered-object.ts';
import { type SubstituteOptions, substituteVariables } from './substitute-variables.ts';
import { type TemplateOptions, type TemplateResult, templateChart } from './template-chart.ts';

/** How to run the engines. */
export interface RendererOptions {
  /** The most threads; the machine's cores when left out. They start when they are needed. */
  readonly size?: number;
  /** Bound of one call in milliseconds; 60,000 when left out. */
  readonly timeoutMs?: number;
  /** Bound of one engine's memory in bytes; 1 GiB when left out. */
  readonly memoryBytes?: number;
  /** Bound of what one call renders in bytes of YAML; 64 MiB when left out. */
  readonly outputBytes?: number;
  /** How far ahead of the machine's clock the engines believe to be; 0 when left out. Shows what a chart prints of the time. */
  readonly clockOffsetSeconds?: number;
}

/** What Flux's controllers run, on this machine and without a cluster. Calls may run at the same time. */
export interface Renderer {
  /** Renders a chart as helm-controller's first step of an install does. */
  template(options: TemplateOptions): Promise<TemplateResult>;
  /** Builds a folder as kustomize-controller does. */
  build(options: BuildOptions): Promise<BuildResult>;
  /** Runs kustomize-controller's variable substitution alone. */
  substitute(options: SubstituteOptions): Promise<RenderedObject[]>;
  /** Ends all threads; calls that run or wait reject. */
  close(): Promise<void>;
}

const defaultOutputBytes = 64 * 1_048_576;

/**
 * Makes a renderer. Its first thread compiles the engines for all of them; where the file beside this package is not the
 * published one, every call rejects.
 */
export async function createRenderer(options: RendererOptions = {}): Promise<Renderer> {
  const limits = options.memoryBytes === undefined ? {} : { memoryBytes: options.memoryBytes };
  const pool: Pool = createPool(
    { href: engineFile().href, limits },
    {
      name: 'flux-render',
      code: engineCode(),
      version: '0.1.0',
      ...(options.size === undefined ? {} : { size: options.size }),
      ...(options.clockOffsetSeconds === undefined ? {} : { clockOffsetSeconds: options.clockOffsetSeconds }),
      ...(options.timeoutMs === undefined ? {} : { timeoutMs: options.timeoutMs }),
    },
  );
  const outputBytes = options.outputBytes ?? defaultOutputBytes;
  return {
    template: (request) => templateChart(pool, request, outputBytes),
    build: (request) => buildPath(pool, request, outputBytes),
    substitute: (request) => substituteVariables(pool, request),
    close: () => pool.close(),
  };
}
