export {
  type Diagnostic,
  type DiagnosticFields,
  diagnostic,
  hasErrors,
  type Label,
  layerLabels,
  maskDiagnostic,
  type Staged,
} from './diagnostic.ts';
export { formatCi } from './format-ci.ts';
export { type DiagnosticFormat, formatDiagnostics } from './format-diagnostics.ts';
export { formatJson } from './format-json.ts';
export { formatText, type TextOptions } from './format-text.ts';
export { keepSecrets, maskKnown, type Secrets, secretName } from './known-secrets.ts';
export { lineStarts, linesOf, positionAt } from './lines.ts';
export { markdownTable } from './markdown-table.ts';
export { findSecret, maskSecrets } from './mask.ts';
export { plainTable } from './plain-table.ts';
export { type DiagnosticCode, registry, type Severity } from './registry.ts';
export { collectFindings, type Finding, sortDiagnostics } from './sort.ts';
export type { Position, Span } from './span.ts';
export { didYouMean, listWords, misspelt, suggest } from './suggest.ts';
