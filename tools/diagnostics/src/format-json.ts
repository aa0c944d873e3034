import type { Diagnostic } from './diagnostic.ts';
import { sortDiagnostics } from './sort.ts';

/** All findings as one JSON document: `{"diagnostics": [...]}`, sorted, each with the fields of {@link Diagnostic}. */
export function formatJson(diagnostics: readonly Diagnostic[]): string {
  return `${JSON.stringify({ diagnostics: sortDiagnostics(diagnostics) }, null, 2)}\n`;
}
