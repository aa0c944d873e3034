import type { Diagnostic } from '@fluxwright/diagnostics';

/**
 * Findings without what another says better: that the kind of an object is unchecked, where the proof says at the same place
 * that nothing brings its definition. One cause is one finding.
 */
export function withoutRepeats(found: readonly Diagnostic[]): readonly Diagnostic[] {
  const proved = new Set(found.filter(({ code }) => code === 'prove/missing-provider').map(placeOf));
  return found.filter((each) => each.code !== 'validate/no-schema' || !proved.has(placeOf(each)));
}

function placeOf({ primary }: Diagnostic): string {
  return `${primary?.file}:${primary?.start?.line}:${primary?.start?.column}`;
}
