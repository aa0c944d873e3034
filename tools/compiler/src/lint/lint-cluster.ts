import type { Diagnostic } from '@fluxwright/diagnostics';
import type { LintObject } from '@fluxwright/flux';
import { fluxVersion, lintContext, lintDiagnostic, lintRules } from '@fluxwright/flux';
import { idOf } from '@fluxwright/kubernetes';
import type { RenderedCluster, Resource } from '../data/rendered-cluster.ts';

/** What the rules for the cluster's Flux find in its objects, but for those that the compiler checks by other means. */
export function lintCluster({ cluster, resources }: RenderedCluster): readonly Diagnostic[] {
  const context = lintContext(
    { objects: resources.map(lintObject) },
    fluxVersion(cluster.spec.flux.version) ?? { minor: -1 },
  );
  return lintRules
    .filter(({ isForeign }) => isForeign !== true)
    .flatMap((rule) => rule.check(context).map((finding) => lintDiagnostic(rule, finding)))
    .map((each) => ({ ...each, cluster: cluster.name }));
}

function lintObject(resource: Resource): LintObject {
  return {
    ...idOf(resource),
    apiVersion: resource.apiVersion,
    object: resource.object,
    file: resource.path,
    locate(path, part) {
      const { span, layers } = resource.origin.trace(path, part);
      return [span, ...layers];
    },
  };
}
