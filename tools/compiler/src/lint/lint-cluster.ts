import type { Diagnostic } from '@fluxwright/diagnostics';
import { idOf } from '@fluxwright/kubernetes';
import type { RenderedCluster, Resource } from '../data/rendered-cluster.ts';
import { fluxVersion } from './flux-version.ts';
import { lintContext } from './lint-context.ts';
import type { LintObject } from './lint-object.ts';
import { lintDiagnostic } from './lint-rule.ts';
import { lintRules } from './lint-rules.ts';

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
