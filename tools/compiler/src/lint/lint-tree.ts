import type { Diagnostic } from '@fluxwright/diagnostics';
import { lintContext } from './lint-context.ts';
import type { LintTree } from './lint-object.ts';
import { lintDiagnostic } from './lint-rule.ts';
import { lintRules } from './lint-rules.ts';

/** Everything that the rules for a Flux 2 minor find in a tree. */
export function lintTree(tree: LintTree, minor: number): readonly Diagnostic[] {
  const context = lintContext(tree, minor);
  return lintRules.flatMap((rule) => rule.check(context).map((finding) => lintDiagnostic(rule, finding)));
}
