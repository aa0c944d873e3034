/** Which step refused the input; README.md says what each means. */
export type RenderErrorKind =
  | 'request'
  | 'chart'
  | 'dependency'
  | 'release-name'
  | 'kube-version'
  | 'values-schema'
  | 'template-parse'
  | 'template'
  | 'template-fail'
  | 'yaml'
  | 'size'
  | 'kustomization'
  | 'remote-base'
  | 'substitution';

/** One step of a template call chain. Lines and columns count from 1, columns in bytes. */
export interface TemplateFrame {
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
  /** The action that was running, in the engine's words: `"<template>" at <include …>`. */
  readonly action?: string;
}

/** One breach of a chart's values.schema.json. */
export interface SchemaViolation {
  readonly chart: string;
  /** JSON pointer into the values of `chart`. */
  readonly pointer: string;
  readonly message: string;
}

/** Why an input cannot be rendered, and where. `message` holds no position. */
export interface RenderFault {
  readonly kind: RenderErrorKind;
  readonly message: string;
  /** The innermost file at fault, as the engine names it: `<chart>/templates/<file>` or a path in the source. */
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
  /** For a template: the chain of calls, outermost first. */
  readonly trace?: readonly TemplateFrame[];
  /** For values: every breach of the schema. */
  readonly violations?: readonly SchemaViolation[];
  /** For text that is no YAML: the line in what the template produced, and the lines around it. */
  readonly rendered?: { readonly line: number; readonly text: string };
}

/** An input that cannot be rendered. What the engine itself could not do (time, memory) is an EngineError instead. */
export class RenderError extends Error {
  override readonly name = 'RenderError';
  readonly fault: RenderFault;

  constructor(fault: RenderFault) {
    const place = [fault.file, fault.line, fault.column].filter((part) => part !== undefined).join(':');
    super(place === '' ? fault.message : `${place}: ${fault.message}`);
    this.fault = fault;
  }
}
