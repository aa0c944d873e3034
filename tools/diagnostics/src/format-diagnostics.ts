import type { Diagnostic } from './diagnostic.ts';
import { formatCi } from './format-ci.ts';
import { formatJson } from './format-json.ts';
import { formatText, type TextOptions } from './format-text.ts';

/** How findings are printed: for people, for programs, as annotations of GitHub and Gitea. */
export type DiagnosticFormat = 'text' | 'json' | 'ci';

/** All findings in one of the formats; see {@link formatText}, {@link formatJson} and {@link formatCi}. */
export function formatDiagnostics(
  diagnostics: readonly Diagnostic[],
  format: DiagnosticFormat,
  options: TextOptions,
): string {
  if (format === 'json') return formatJson(diagnostics);
  return format === 'ci' ? formatCi(diagnostics) : formatText(diagnostics, options);
}
