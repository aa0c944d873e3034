import type { Span } from '@fluxwright/diagnostics';
import type { ResolvedCluster } from '@fluxwright/model';

/** The line of a cluster's manifests that acknowledges a loss; the manifest where none does. */
export function acknowledgedAt({ spec, settings, file }: ResolvedCluster): (name: string) => Span {
  return (name) => settings.originsOf(['acknowledge', (spec.acknowledge ?? []).indexOf(name)])[0] ?? { file };
}
