import type { Diagnostic } from './diagnostic.ts';

/** A finding and the clusters it came up in: many clusters that share a broken component give one of these. */
export interface Finding {
  readonly diagnostic: Diagnostic;
  /** Those with just this finding, sorted; empty for what belongs to no cluster. */
  readonly clusters: readonly string[];
  /** Clusters with one at the same place that differs in names and numbers only, sorted. */
  readonly alike: readonly string[];
}

/** As many clusters with findings alike at one place are told each. */
const mostAlike = 3;

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

/**
 * Sorted findings in which equal diagnostics of several clusters are one; and those of more than three clusters that stand at
 * one place and say the same with other names and numbers: one line of a file that all share is one thing to mend.
 */
export function collectFindings(diagnostics: readonly Diagnostic[]): readonly Finding[] {
  const equal = new Map<string, { diagnostic: Diagnostic; clusters: Set<string> }>();
  for (const diagnostic of sortDiagnostics(diagnostics)) {
    const { cluster, ...rest } = diagnostic;
    const key = JSON.stringify(rest);
    const finding = equal.get(key) ?? { diagnostic, clusters: new Set() };
    if (cluster !== undefined) finding.clusters.add(cluster);
    equal.set(key, finding);
  }
  const findings = [...equal.values()].map(
    ({ diagnostic, clusters }): Finding => ({ diagnostic, clusters: [...clusters], alike: [] }),
  );
  const groups = Map.groupBy(findings, ({ diagnostic: { code, primary, message } }) =>
    JSON.stringify([code, primary?.file, primary?.start, wordsOf(message)]),
  );
  const merged = new Map([...groups.values()].flatMap((group) => [...mergeAlike(group)]));
  return findings.flatMap((each) => (merged.has(each) ? (merged.get(each) ?? []) : each));
}

/** A message without what differs from cluster to cluster: what stands in quotes, words with digits, how many more there are. */
function wordsOf(message: string): string {
  return message.replace(/ \(and \d+ more\)/g, '').replace(/"[^"]*"|\S*\d\S*/g, '"');
}

/** The first of a group with the clusters of all, and nothing for the others; empty where each says something of its own. */
function mergeAlike(group: readonly Finding[]): ReadonlyMap<Finding, Finding | undefined> {
  const [first, ...others] = group;
  const clusters = others.flatMap((each) => each.clusters);
  const all = [...(first?.clusters ?? []), ...clusters];
  const isOneEach = new Set(all).size === all.length && group.every((each) => each.clusters.length > 0);
  if (first?.diagnostic.primary?.start === undefined || !isOneEach || all.length <= mostAlike) return new Map();
  return new Map([
    [first, { ...first, alike: clusters.toSorted(compare) }],
    ...others.map((each): [Finding, undefined] => [each, undefined]),
  ]);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
