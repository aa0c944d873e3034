import { type Diagnostic, formatDiagnostics, hasErrors, maskKnown } from '@fluxwright/diagnostics';

/** What an executor found, and the texts it points into. */
interface Findings {
  readonly diagnostics: readonly Diagnostic[];
  readonly sources: ReadonlyMap<string, string>;
}

/** Prints a result to stdout, and findings for people to stderr. Successful without errors. */
export function printResult(text: string | undefined, { diagnostics, sources }: Findings): { success: boolean } {
  if (text !== undefined) writeResult(text);
  process.stderr.write(formatDiagnostics(diagnostics, 'text', { sources }));
  return { success: !hasErrors(diagnostics) };
}

/** Writes what was asked for to stdout. What is known to be secret stands in none. */
export function writeResult(text: string): void {
  process.stdout.write(maskKnown(text));
}

/** Says why nothing was done. */
export function refuse(text: string): { success: boolean } {
  process.stderr.write(text);
  return { success: false };
}
