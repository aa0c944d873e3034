import { formatPath, valueAt } from '@fluxwright/documents';
import { completeSettings } from '../generated/manifest-validators.js';
import { schemaFindings } from '../schema/schema-findings.ts';
import { clusterSchema } from './cluster-settings.ts';
import { type Resolution, report } from './resolution.ts';

/** Reports what a cluster must say and neither it nor clusters/defaults.yaml does. */
export function checkSettings(resolution: Resolution): void {
  const { cluster, settings } = resolution;
  if (completeSettings(settings.value)) return;
  for (const { path } of schemaFindings(completeSettings.errors ?? [], settings.value).findings) {
    const described = valueAt(clusterSchema, [
      '$defs',
      'settings',
      ...path.flatMap((key) => ['properties', key]),
      'description',
    ]);
    report(resolution, 'resolve/missing-value', {
      message: `cluster "${cluster.name}" lacks ${formatPath(['spec', ...path])}`,
      primary: cluster.manifest.locate(['spec', ...path.slice(0, -1)], 'key'),
      note: `"${path.at(-1)}" is set neither here nor in clusters/defaults.yaml`,
      ...(typeof described === 'string' ? { help: `${path.at(-1)}: ${described}` } : {}),
    });
  }
}
