import {
  type BuildOptions,
  type BuildResult,
  createRenderer,
  type Renderer,
  type TemplateOptions,
  type TemplateResult,
} from 'flux-render-wasm';

/** Helm and kustomize as Flux's controllers run them. Nothing starts before the first call. */
export interface RenderEngine {
  /** Rejects with a RenderError for a source at fault. */
  build(options: BuildOptions): Promise<BuildResult>;
  /** Rejects with a RenderError for a chart or values at fault. */
  template(options: TemplateOptions): Promise<TemplateResult>;
}

let renderer: Promise<Renderer> | undefined;

/** One thread for the process, since its start and its memory are dear. Idle, it keeps no process alive. */
function start(): Promise<Renderer> {
  renderer ??= createRenderer({ size: 1 });
  return renderer;
}

export const renderEngine: RenderEngine = {
  build: async (options) => (await start()).build(options),
  template: async (options) => (await start()).template(options),
};
