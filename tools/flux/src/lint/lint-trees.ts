import type { Diagnostic } from '@fluxwright/diagnostics';
import type { FluxTree } from '../tree/flux-tree.ts';
import type { FluxVersion } from '../version/flux-version.ts';
import { lintContext } from './lint-context.ts';
import { lintDiagnostic } from './lint-rule.ts';
import { lintRules } from './lint-rules.ts';

/** Everything that the rules for a Flux 2 find in trees, once also where several of its clusters have it. */
export function lintTrees(trees: readonly FluxTree[], flux: FluxVersion): readonly Diagnostic[] {
  const found = new Map<string, Diagnostic>();
  for (const view of trees) {
    const context = lintContext(view, flux);
    for (const rule of lintRules) {
      for (const finding of rule.check(context)) {
        const made = lintDiagnostic(rule, finding);
        const key = JSON.stringify([made.code, made.message, made.primary]);
        if (!found.has(key)) found.set(key, made);
      }
    }
  }
  return [...found.values()];
}
