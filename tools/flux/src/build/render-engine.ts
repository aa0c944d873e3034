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
  /** The same at another time: what differs depends on the clock, or on chance. */
  templateLater(options: TemplateOptions): Promise<TemplateResult>;
}

let renderer: Promise<Renderer> | undefined;

/** One thread for the process, since its start and its memory are dear. Idle, it keeps no process alive. */
function start(): Promise<Renderer> {
  renderer ??= createRenderer({ size: 1 });
  return renderer;
}

/** No part of a date or a time is the same after it, the day of the week included. */
const later = 400 * 86_400 + 3 * 3_600 + 7 * 60 + 11;

let laterRenderer: Promise<Renderer> | undefined;

function startLater(): Promise<Renderer> {
  laterRenderer ??= createRenderer({ size: 1, clockOffsetSeconds: later });
  return laterRenderer;
}

export const renderEngine: RenderEngine = {
  build: async (options) => (await start()).build(options),
  template: async (options) => (await start()).template(options),
  templateLater: async (options) => (await startLater()).template(options),
};
