import type { Diagnostic } from '@fluxwright/diagnostics';

/** How many findings of one file anybody reads. */
const most = 20;

/**
 * Makes the first findings of a file, no more; the last one says how many there are beyond, with `more` that nobody has
 * made.
 */
export function limitFindings(makers: readonly (() => Diagnostic)[], more = 0): readonly Diagnostic[] {
  const made = makers.slice(0, most).map((make) => make());
  const beyond = makers.length - made.length + more;
  if (beyond === 0) return made;
  return made.map((each, index) =>
    index < made.length - 1 ? each : { ...each, help: `${beyond} more findings of this file are not shown` },
  );
}
