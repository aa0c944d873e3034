import { type Diagnostic, formatDiagnostics, hasErrors } from '@fluxwright/diagnostics';

/** What an executor found, and the texts it points into. */
interface Findings {
  readonly diagnostics: readonly Diagnostic[];
  readonly sources: ReadonlyMap<string, string>;
}

/** Prints a result to stdout, and findings for people to stderr. Successful without errors. */
export function printResult(text: string | undefined, { diagnostics, sources }: Findings): { success: boolean } {
  if (text !== undefined) process.stdout.write(text);
  process.stderr.write(formatDiagnostics(diagnostics, 'text', { sources }));
  return { success: !hasErrors(diagnostics) };
}

/** Says why nothing was done. */
export function refuse(text: string): { success: boolean } {
  process.stderr.write(text);
  return { success: false };
}
