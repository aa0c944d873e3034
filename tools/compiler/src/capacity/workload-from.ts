import { type Diagnostic, diagnostic, didYouMean, type Staged } from '@fluxwright/diagnostics';
import type { JsonObject, JsonPath, JsonValue } from '@fluxwright/documents';
import { formatPath, isObject, valueAt } from '@fluxwright/documents';
import type { Workload } from '@fluxwright/model';
import type { FootprintLine } from './footprint-lines.ts';

/** A line of a footprint in which every amount that counts is said. */
export type SaidWorkload = Workload & { readonly cpu: string | number; readonly memory: string | number };

/**
 * A line of a footprint, with the replicas and resources of the value that it names in `from` put where it
 * says none itself, as templates of that value. Undefined, and a finding, where the value has no shape of a workload.
 */
export function workloadFrom(line: FootprintLine): Staged<SaidWorkload | undefined> {
  const { workload, source } = line;
  const { from } = workload;
  // Without it the schema asks for both.
  if (from === undefined) return { value: workload as SaidWorkload, diagnostics: [] };
  const path = from.split('.');
  const value = valueAt(source.value, path);
  if (!isWorkload(value)) return { value: undefined, diagnostics: [noWorkload(line, { path, value })] };
  const text = (at: string) => `{{${source.root}.${from}.${at}}}`;
  // Sidecars say requests only: without theirs, limits would be those of a part of the pod.
  const limits = workload.sidecars === undefined ? valueAt(value, ['resources', 'limits']) : undefined;
  const limit = (of: 'cpu' | 'memory') =>
    isObject(limits) && limits[of] !== undefined ? { [of]: text(`resources.limits.${of}`) } : {};
  return {
    value: {
      cpu: text('resources.requests.cpu'),
      memory: text('resources.requests.memory'),
      limits: { ...limit('cpu'), ...limit('memory') },
      ...(value.replicas === undefined ? {} : { replicas: text('replicas') }),
      ...workload,
    },
    diagnostics: [],
  };
}

function isWorkload(value: JsonValue | undefined): value is JsonObject {
  if (!isObject(value)) return false;
  const requests = valueAt(value, ['resources', 'requests']);
  return isObject(requests) && requests.cpu !== undefined && requests.memory !== undefined;
}

interface Named {
  readonly path: JsonPath;
  readonly value: JsonValue | undefined;
}

function noWorkload({ view, path: at, source }: FootprintLine, { path, value }: Named): Diagnostic {
  const { schema, manifest, name } = view.component;
  const shown = formatPath(path);
  const known = [...workloads(source.value, [])].sort();
  const help =
    didYouMean(path.join('.'), known) ??
    (known.length === 0 ? 'say "cpu" and "memory" in the line' : `values that are: ${known.join(', ')}`);
  const declared = ['properties', ...path.flatMap((step, index) => (index === 0 ? [step] : ['properties', step]))];
  const labels = [
    {
      span: schema.locate(declared, 'key'),
      message: value === undefined ? 'the values are declared here' : 'it is declared here',
    },
  ];
  return diagnostic('capacity/invalid-footprint', {
    message: `the footprint of component "${name}" takes a workload from ${shown}, which is none`,
    primary: manifest.locate([...at, 'from']),
    note: value === undefined ? `no value "${shown}"` : `"${shown}" has no resources.requests with cpu and memory`,
    labels: source.root === 'values' ? labels : [],
    help,
  });
}

/** Paths of the values that have the shape of a workload. */
function* workloads(value: JsonValue, path: readonly string[]): Generator<string> {
  if (!isObject(value)) return;
  if (path.length > 0 && isWorkload(value)) yield path.join('.');
  for (const [key, each] of Object.entries(value)) yield* workloads(each, [...path, key]);
}
