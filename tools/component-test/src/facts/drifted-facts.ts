import type { RenderedCluster } from '@fluxwright/compiler';
import { type Diagnostic, diagnostic, listWords } from '@fluxwright/diagnostics';
import { type Component, type ComponentTest, readChartFacts } from '@fluxwright/model';

/** More values than these are not named. */
const mostNamed = 3;

/**
 * Whether the facts of a component's chart are of the values that their case has by now: this needs no chart. Of an object that depends on another
 * value its name alone is taken, so facts that are not recorded again tell less with each change, and no build would say so.
 */
export function driftedFacts(
  { name, facts: file }: Component,
  results: readonly { readonly test: ComponentTest; readonly rendered?: RenderedCluster }[],
): readonly Diagnostic[] {
  const facts = file === undefined ? undefined : readChartFacts(file).value;
  if (facts === undefined) return [];
  const { spec, document } = facts;
  const finding = (message: string, note: string): Diagnostic =>
    diagnostic('prove/stale-facts', {
      message: `the facts of the chart of component "${name}" ${message}`,
      primary: document.locate(['spec', 'case']),
      note,
      help: `run \`fluxwright charts facts ${name}\` with the chart at hand`,
    });
  const result = results.find(({ test }) => test.name === spec.case);
  if (result === undefined) return [finding('are of a case that is not there', `no case "${spec.case}" in tests/`)];
  const recorded = result.rendered?.recorded.find(({ component }) => component === name);
  if (recorded === undefined) return [];
  if (recorded.stale !== undefined) return [finding('are of another chart', recorded.stale)];
  const { differing } = recorded.release;
  if (differing.length === 0) return [];
  const rest = differing.length - mostNamed;
  const named = [...differing.slice(0, mostNamed), ...(rest > 0 ? [`${rest} more`] : [])];
  return [
    finding(
      'are of other values than its case has',
      `${listWords(named, 'and')} ${differing.length === 1 ? 'is another' : 'are others'}`,
    ),
  ];
}
