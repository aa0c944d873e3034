import type { Severity } from './registry.ts';
import type { Finding } from './sort.ts';

/** The last line of a report: `2 errors, 1 warning`. */
export function countLine(findings: readonly Finding[]): string {
  const severities: readonly Severity[] = ['error', 'warning', 'hint'];
  return severities
    .map((severity) => ({ severity, count: findings.filter((each) => each.diagnostic.severity === severity).length }))
    .filter(({ count }) => count > 0)
    .map(({ severity, count }) => `${count} ${severity}${count === 1 ? '' : 's'}`)
    .join(', ');
}
