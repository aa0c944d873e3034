import type { Diagnostic } from '@fluxwright/diagnostics';
import type { RenderedCluster } from '../data/rendered-cluster.ts';
import { secretLiterals } from './secret-literals.ts';
import { secretValues } from './secret-values.ts';

/** Every secret that would be committed with a cluster's tree: declared ones that templates print, and literal ones. */
export function secretsInOutput(rendered: RenderedCluster): readonly Diagnostic[] {
  return [...secretValues(rendered), ...secretLiterals(rendered)].map((each) => ({
    ...each,
    cluster: rendered.cluster.name,
  }));
}
