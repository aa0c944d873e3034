import type { Diagnostic, Span } from '@fluxwright/diagnostics';
import type { JsonObject, JsonPath } from '@fluxwright/documents';
import type { BoundService } from '../template/bound-services.ts';

/** Where a value came from, as far as it is the same in every cluster that shares the rendering. */
export interface TracePoint {
  /** Line of the template or manifest that wrote it. */
  readonly span: Span;
  /** Context paths behind it. */
  readonly reads: readonly JsonPath[];
  /** Path of the value inside what was read, where a whole map or list was printed. */
  readonly inside: JsonPath;
}

/** An object that a task made, before it has a place in a cluster. Shared by all clusters with an equal task. */
export interface RenderedObject {
  readonly object: JsonObject;
  /** Where it begins in its source. */
  readonly span: Span;
  /** The template of a chart that made it, as `<chart>/templates/<file>`. */
  readonly chart?: string;
  /** The service that it is made for: its template saw another context than those of its component. */
  readonly bound?: BoundService;
  /** `part` asks for the value or the key that it stands under. */
  trace(path: JsonPath, part?: 'key' | 'value'): TracePoint;
}

/** Something wrong with what a task made, and the context paths behind it: a cluster adds the lines that set them. */
export interface TaskFinding {
  readonly diagnostic: Diagnostic;
  readonly reads: readonly JsonPath[];
}

/** What a task gives. */
export interface TaskResult {
  readonly objects: readonly RenderedObject[];
  readonly findings: readonly TaskFinding[];
}
