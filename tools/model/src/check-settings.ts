import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { clusterSchema } from './cluster-settings.ts';
import { formatPath, valueAt } from './json-path.ts';
import { type Resolution, report } from './resolution.ts';
import { schemaFindings } from './schema-findings.ts';
import type { JsonObject } from './source-document.ts';

let complete: ValidateFunction | undefined;

/** Reports what a cluster must say and neither it nor clusters/defaults.yaml does. */
export function checkSettings(resolution: Resolution): void {
  const { cluster, settings } = resolution;
  const schema = valueAt(clusterSchema, ['$defs', 'complete']) as JsonObject;
  complete ??= new Ajv2020({ allErrors: true, verbose: true }).compile(schema);
  if (complete(settings.value)) return;
  for (const { path } of schemaFindings(complete.errors ?? [], settings.value, schema)) {
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
