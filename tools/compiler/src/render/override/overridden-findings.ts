import { type Diagnostic, diagnostic } from '@fluxwright/diagnostics';
import { formatPath } from '@fluxwright/documents';
import type { ResolvedCluster } from '@fluxwright/model';
import type { RenderedObject } from '../rendered-object.ts';
import { clusterOverride } from './cluster-override.ts';
import { overriddenPaths } from './override-values.ts';

/** A hint for each value of a chart that a cluster overrides although a value of the component sets it: that one says it better. */
export function overriddenFindings(
  given: RenderedObject | undefined,
  cluster: ResolvedCluster,
  component: string,
): readonly Diagnostic[] {
  const { values: over } = clusterOverride(cluster, component);
  if (over === undefined || given === undefined) return [];
  return overriddenPaths(given.object, over).flatMap((path) => {
    const { span, reads } = given.trace(path);
    const value = reads.find(([root]) => root === 'values');
    if (value === undefined) return [];
    const name = formatPath(value.slice(1));
    return [
      diagnostic('render/overridden-value', {
        message: `cluster "${cluster.name}" overrides ${formatPath(path)} of the chart of "${component}", which a value sets`,
        primary: cluster.settings.originsOf(['overrides', component, 'values', ...path])[0] ?? { file: cluster.file },
        labels: [{ span, message: `the value ${name}` }],
        help: `set it by spec.values.${component}.${name} in place of the override`,
        cluster: cluster.name,
      }),
    ];
  });
}
