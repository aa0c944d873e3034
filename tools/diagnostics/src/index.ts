export {
  type Diagnostic,
  type DiagnosticFields,
  diagnostic,
  hasErrors,
  type Label,
  type Staged,
} from './diagnostic.ts';
export { maskSecrets } from './mask.ts';
export { type DiagnosticCode, registry, type Severity } from './registry.ts';
export type { Position, Span } from './span.ts';
