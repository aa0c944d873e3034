import { type Diagnostic, type DiagnosticFormat, formatDiagnostics, hasErrors } from '@fluxwright/diagnostics';

/** Findings, and the texts they point into. */
export interface Findings {
  readonly diagnostics: readonly Diagnostic[];
  readonly sources: ReadonlyMap<string, string>;
}

/** Prints findings: for people to stderr, for programs to stdout. Returns the exit code they make. */
export function printFindings({ diagnostics, sources }: Findings, format: DiagnosticFormat): number {
  const stream = format === 'text' ? process.stderr : process.stdout;
  stream.write(formatDiagnostics(diagnostics, format, { sources, color: hasColors(stream) }));
  return hasErrors(diagnostics) ? 1 : 0;
}

/** Whether the stream is a terminal with colours; NO_COLOR and FORCE_COLOR count, as Node documents for hasColors. */
function hasColors(stream: NodeJS.WriteStream): boolean {
  return stream.isTTY === true && stream.hasColors();
}
