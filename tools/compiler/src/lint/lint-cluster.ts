import type { Diagnostic } from '@fluxwright/diagnostics';
import { fluxVersion, lintContext, lintDiagnostic, lintRules } from '@fluxwright/flux';
import type { RenderedCluster } from '../data/rendered-cluster.ts';
import { renderedTree } from '../pair/rendered-tree.ts';

/** What the rules for the cluster's Flux find in its objects, but for those that the compiler checks by other means. */
export function lintCluster(rendered: RenderedCluster): readonly Diagnostic[] {
  const { cluster } = rendered;
  const context = lintContext(renderedTree(rendered), fluxVersion(cluster.spec.flux.version) ?? { minor: -1 });
  return lintRules
    .filter(({ isForeign }) => isForeign !== true)
    .flatMap((rule) => rule.check(context).map((finding) => lintDiagnostic(rule, finding)))
    .map((each) => ({ ...each, cluster: cluster.name }));
}
