import { requireNode } from '@fluxwright/wasm-host';

export { EngineError, type EngineErrorKind } from '@fluxwright/wasm-host';
export type { BuildOptions, BuildResult, BuiltObject, VariableSource } from './build-path.ts';
export { createRenderer, type Renderer, type RendererOptions } from './create-renderer.ts';
export { engineDigest } from './engine-digest.ts';
export type { FileTree } from './file-tree.ts';
export {
  RenderError,
  type RenderErrorKind,
  type RenderFault,
  type SchemaViolation,
  type TemplateFrame,
} from './render-error.ts';
export type { RenderedObject } from './rendered-object.ts';
export type { SubstituteInput, SubstituteOptions } from './substitute-variables.ts';
export type { Chart, Hook, HookEvent, TemplateOptions, TemplateResult } from './template-chart.ts';

requireNode();
