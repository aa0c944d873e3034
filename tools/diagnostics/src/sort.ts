import type { Diagnostic } from './diagnostic.ts';

/** A finding and the clusters it came up in: many clusters that share a broken component give one of these. */
export interface Finding {
  readonly diagnostic: Diagnostic;
  /** Sorted; empty for what belongs to no cluster. */
  readonly clusters: readonly string[];
}

/** By file, line and column, then code and message; what has no position comes first. Plain code-unit order. */
export function sortDiagnostics(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return diagnostics.toSorted(
    (a, b) =>
      compare(a.primary?.file ?? '', b.primary?.file ?? '') ||
      (a.primary?.start?.line ?? 0) - (b.primary?.start?.line ?? 0) ||
      (a.primary?.start?.column ?? 0) - (b.primary?.start?.column ?? 0) ||
      compare(a.code, b.code) ||
      compare(a.message, b.message) ||
      compare(a.cluster ?? '', b.cluster ?? ''),
  );
}

/** Sorted findings in which equal diagnostics of several clusters are one. */
export function collectFindings(diagnostics: readonly Diagnostic[]): readonly Finding[] {
  const findings = new Map<string, { diagnostic: Diagnostic; clusters: Set<string> }>();
  for (const diagnostic of sortDiagnostics(diagnostics)) {
    const { cluster, ...rest } = diagnostic;
    const key = JSON.stringify(rest);
    const finding = findings.get(key) ?? { diagnostic, clusters: new Set() };
    if (cluster !== undefined) finding.clusters.add(cluster);
    findings.set(key, finding);
  }
  return [...findings.values()].map(({ diagnostic, clusters }) => ({ diagnostic, clusters: [...clusters] }));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
